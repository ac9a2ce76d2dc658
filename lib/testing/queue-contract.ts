import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/lib/kernel/errors';
import { openBackend, type QueueAddress } from '@/lib/queue/backend';
import { lanesOf } from '@/lib/queue/enqueue';
import { defineJob, type Handlers } from '@/lib/queue/job';
import { type RunningWorkers, runWorkers } from '@/lib/queue/run-workers';

const note = defineJob({ name: 'testing.note', schema: z.object({ id: z.string() }), attempts: 3 });
const slow = defineJob({ name: 'testing.slow', schema: z.object({ ms: z.number() }), lane: 'long' });
const tick = defineJob({
  name: 'testing.tick',
  schema: z.object({}),
  schedule: { everyMs: 200, payload: {} },
});
const JOBS = [note, slow, tick] as const;

/** What the queue promises on whichever database it stands; both are held to the same sentences. */
export function describeQueue(name: string, addressOf: () => QueueAddress): void {
  describe(`the queue on ${name}`, () => {
    const running: RunningWorkers[] = [];
    afterEach(async () => {
      await Promise.all(running.splice(0).map((workers) => workers.close(1_000)));
    });

    async function start(
      handlers: Partial<Handlers<typeof JOBS>>,
      address: QueueAddress,
    ): Promise<RunningWorkers> {
      const idle = async () => {};
      const workers = await runWorkers({
        address,
        jobs: JOBS,
        handlers: { 'testing.note': idle, 'testing.slow': idle, 'testing.tick': idle, ...handlers },
        options: { lockMs: 1_000, stalledCheckMs: 500 },
      });
      running.push(workers);
      return workers;
    }

    test('runs a job once with the payload it was given', async () => {
      const seen: string[] = [];
      const workers = await start({ 'testing.note': async ({ id }) => void seen.push(id) }, addressOf());
      await Promise.all(Array.from({ length: 50 }, (_, i) => workers.enqueue(note, { id: `n${i}` })));
      await until(() => seen.length >= 50);
      expect(new Set(seen).size).toBe(50);
      expect(seen).toHaveLength(50);
    });

    test('refuses a payload that is not what the job declared', async () => {
      const workers = await start({}, addressOf());
      const wrong: { id: string } = JSON.parse('{"id": 7}');
      await expect(workers.enqueue(note, wrong)).rejects.toMatchObject({ code: 'job_payload' });
    });

    test('drops a job whose name it does not know and fails a known one with a bad payload, at once', async () => {
      const address = addressOf();
      const seen: string[] = [];
      await start({ 'testing.note': async ({ id }) => void seen.push(id) }, address);
      const backend = await openBackend({ ...address, workers: 0 });
      const { quick, long } = lanesOf(backend);
      const unknown = await quick.add('testing.forgotten', {}, { attempts: 3 });
      const bad = await quick.add('testing.note', { id: 7 }, { attempts: 3 });
      await until(async () => (await (await quick.getJob(bad.id ?? ''))?.isFailed()) === true);
      await until(async () => (await (await quick.getJob(unknown.id ?? ''))?.isCompleted()) === true);
      expect((await quick.getJob(bad.id ?? ''))?.failedReason).toContain('bad payload');
      expect(seen).toEqual([]);
      await Promise.all([quick.close(), long.close()]);
      await backend.close();
    });

    test('tries again what may help, and not what cannot', async () => {
      const tries: string[] = [];
      const workers = await start(
        {
          'testing.note': async ({ id }, { attempt }) => {
            tries.push(`${id}${attempt}`);
            if (id === 'never') throw new AppError({ code: 'x', message: 'cannot do it: never' });
            if (id === 'later' && attempt < 2)
              throw new AppError({ code: 'x', message: 'cannot do it: busy', retryable: true });
          },
        },
        addressOf(),
      );
      await workers.enqueue(note, { id: 'never' });
      await workers.enqueue(note, { id: 'later' });
      await until(() => tries.includes('later2'));
      expect(tries.sort()).toEqual(['later1', 'later2', 'never1']);
    });

    test('adds nothing twice under one key while it waits, and runs once more when asked while it runs', async () => {
      const seen: string[] = [];
      let release: () => void = () => {};
      const workers = await start(
        {
          'testing.note': async ({ id }) => {
            seen.push(id);
            if (id === 'first') await new Promise<void>((resolve) => (release = resolve));
          },
        },
        addressOf(),
      );
      await workers.enqueue(note, { id: 'first' }, { onceKey: 'k' });
      await until(() => seen.length === 1);
      for (let i = 0; i < 5; i++) await workers.enqueue(note, { id: 'again' }, { onceKey: 'k' });
      release();
      await until(() => seen.length >= 2);
      await sleep(100);
      expect(seen).toEqual(['first', 'again']);
    });

    test('runs what is scheduled, and forgets a schedule that the list no longer holds', async () => {
      const address = addressOf();
      let ticks = 0;
      await start({ 'testing.tick': async () => void ticks++ }, address);
      await until(() => ticks >= 2);
      await Promise.all(running.splice(0).map((workers) => workers.close()));
      const fewer = await runWorkers({ address, jobs: [note], handlers: { 'testing.note': async () => {} } });
      running.push(fewer);
      const backend = await openBackend({ ...address, workers: 0 });
      const { quick, long } = lanesOf(backend);
      expect(await quick.getJobSchedulers()).toEqual([]);
      await Promise.all([quick.close(), long.close()]);
      await backend.close();
    });

    test('tells a running job to stop and waits for it', async () => {
      let outcome = 'none';
      const workers = await start(
        {
          'testing.slow': async (_payload, { signal }) => {
            outcome = 'running';
            await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
            outcome = 'stopped';
          },
        },
        addressOf(),
      );
      await workers.enqueue(slow, { ms: 0 });
      await until(() => outcome === 'running');
      await workers.close();
      running.length = 0;
      expect(outcome).toBe('stopped');
    });

    test('takes up a job again whose worker was killed with -9', async () => {
      const address = addressOf();
      const script = path.join(import.meta.dirname, 'processes', 'stall-a-job.ts');
      const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(address)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data'); // the job has begun there
      child.kill('SIGKILL');
      await once(child, 'exit');
      let taken = 0;
      await start(
        {
          'testing.slow': async ({ ms }) => {
            taken = ms;
          },
        },
        address,
      );
      await until(() => taken === 123, 15_000);
    });
  });
}

/** A key prefix, so that tests share one Redis without meeting. */
export function freshPrefix(): string {
  return `t${randomBytes(6).toString('hex')}`;
}

async function until(holds: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  for (const end = Date.now() + limitMs; !(await holds()); await sleep(20)) {
    if (Date.now() > end) throw new Error('it did not happen in time');
  }
}
