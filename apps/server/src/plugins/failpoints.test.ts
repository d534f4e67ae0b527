import { describe, expect, it } from 'vitest';
import { parseFailpoints } from './failpoints.js';

describe('parseFailpoints', () => {
  it('strikes once, at the hit that was named', () => {
    const failpoints = parseFailpoints('record.before_commit=throw@3, publish.after_commit=throw');
    const hit = () => void failpoints.hit('record.before_commit');
    hit();
    hit();
    expect(hit).toThrow('record.before_commit');
    expect(hit).not.toThrow();
    expect(() => failpoints.hit('publish.after_commit')).toThrow('publish.after_commit');
    expect(() => failpoints.hit('publish.before_commit')).not.toThrow();
  });

  it.each(['', 'a', 'a.b', 'a.b=explode', 'a.b=throw@x', 'a.b=throw,'])('refuses %j', (text) => {
    expect(() => parseFailpoints(text)).toThrow(/POSTRIDER_FAILPOINTS/);
  });
});
