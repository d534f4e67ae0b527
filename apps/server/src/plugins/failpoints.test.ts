import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { parseFailpoints } from './failpoints.js';

const parse = (text: string, clock = new FakeClock()) => parseFailpoints(text, { clock });

/** Runs a script in a process of its own, in which failpoints may do what they like. */
async function strikeInChild(text: string): Promise<{ output: string; signal: unknown }> {
  const script = `
    import { systemClock } from '@postrider/core';
    import { parseFailpoints } from ${JSON.stringify(new URL('../../dist/plugins/failpoints.js', import.meta.url).href)};
    const failpoints = parseFailpoints(${JSON.stringify(text)}, { clock: systemClock });
    const startedMs = performance.now();
    let ticks = 0;
    setInterval(() => (ticks += 1), 5);
    await failpoints.hit('claim.after_commit');
    console.log(JSON.stringify({ ticks, elapsedMs: performance.now() - startedMs }));
    process.exit();`;
  const cwd = new URL('../..', import.meta.url);
  try {
    const args = ['--input-type=module', '-e', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
    return { output: stdout, signal: undefined };
  } catch (error) {
    return { output: '', signal: (error as { signal?: unknown }).signal };
  }
}

describe('parseFailpoints', () => {
  it('strikes once, at the hit that was named', () => {
    const failpoints = parse('record.before_commit=throw@3, publish.after_commit=throw');
    const hit = () => void failpoints.hit('record.before_commit');
    hit();
    hit();
    expect(hit).toThrow('record.before_commit');
    expect(hit).not.toThrow();
    expect(() => failpoints.hit('publish.after_commit')).toThrow('publish.after_commit');
    expect(() => failpoints.hit('publish.before_commit')).not.toThrow();
  });

  it('sleeps on the clock it was given', async () => {
    const clock = new FakeClock();
    let awake = false;
    const slept = Promise.resolve(parse('reaper.mid_batch=sleep:250', clock).hit('reaper.mid_batch')).then(() => {
      awake = true;
    });
    await clock.advance(249);
    expect(awake).toBe(false);
    await clock.advance(1);
    await slept;
    expect(awake).toBe(true);
  });

  it('kills the process as by kill -9', async () => {
    expect(await strikeInChild('claim.after_commit=kill')).toEqual({ output: '', signal: 'SIGKILL' });
  });

  it('stops the whole process, timers too, and continues it', async () => {
    const { output } = await strikeInChild('claim.after_commit=stop:400');
    const { ticks, elapsedMs } = JSON.parse(output) as { ticks: number; elapsedMs: number };
    expect(elapsedMs).toBeGreaterThanOrEqual(400);
    expect(ticks).toBeLessThan(5);
  });

  it.each([
    '',
    'a',
    'a.b',
    'claim.after_commit=explode',
    'claim.after_commit=throw@x',
    'claim.after_commit=throw,',
    'claim.after_commit=sleep',
    'claim.after_commit=stop:soon',
    'claim.before_lunch=throw',
  ])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(/POSTRIDER_FAILPOINTS/);
  });
});
