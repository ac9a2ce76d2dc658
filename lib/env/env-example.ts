import { describeVariable, VARIABLE_NAMES } from './variables';

const HEAD = `# Tallystick's settings, all optional. Copy to .env and take the # away where you set one.
# Most can be set per organisation on the Settings pages instead; what stands here wins and is read-only there.
`;

/** The text of .env.example: one line about each variable, one that shows it. */
export function envExample(): string {
  const lines = VARIABLE_NAMES.map((name) => {
    const { about, example } = describeVariable(name);
    return `# ${about}.\n#${name}=${example}\n`;
  });
  return `${HEAD}\n${lines.join('\n')}`;
}
