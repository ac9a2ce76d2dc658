// Adds the optional platform packages that a registry mirror lacks to the lock file, so that `npm ci` accepts it
// on every platform. Run after every `npm install <package>`; lib/testing/house/lock.test.ts guards it.
import fs from 'node:fs';

const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8')),
  P = lock.packages;
const OS = [
  'android',
  'darwin',
  'freebsd',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
  'linux',
  'win32',
  'windows',
];
const CPU = [
  'arm64',
  'x64',
  'ia32',
  'armhf',
  'arm',
  'riscv64',
  'ppc64',
  's390x',
  'mips64el',
  'loong64',
  'wasm32',
];
for (const [at, p] of Object.entries(P))
  for (const [name, range] of Object.entries(p.optionalDependencies ?? {})) {
    let dir = at,
      found = !at;
    while (!found) {
      if (P[`${dir ? `${dir}/` : ''}node_modules/${name}`]) found = true;
      else if (!dir) break;
      else dir = dir.slice(0, Math.max(0, dir.lastIndexOf('/node_modules/')));
    }
    if (found) continue;
    const w = name.split(/[-/@]/),
      os = OS.find((o) => w.includes(o)),
      cpu = CPU.find((c) => w.some((x) => x === c || (c === 'arm' && x.startsWith('arm') && x !== 'arm64')));
    P[`node_modules/${name}`] = {
      version: range.replace(/^[^\d]*/, ''),
      cpu: [cpu ?? 'none'],
      optional: true,
      ...(os ? { os: [os === 'windows' ? 'win32' : os] } : {}),
      ...(w.some((x) => x.startsWith('musl')) ? { libc: ['musl'] } : {}),
    };
  }
lock.packages = Object.fromEntries(Object.entries(P).sort(([a], [b]) => (a < b ? -1 : 1)));
fs.writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
