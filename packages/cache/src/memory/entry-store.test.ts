import { expect, it } from 'vitest';
import { EntryStore, type Entry } from './entry-store.js';
import { TagGenerations } from './tag-generations.js';

it.each<[way: string, remove: (store: EntryStore, replacement: Entry) => void]>([
  ['deleted', (store) => store.delete('key')],
  ['cleared', (store) => store.clear()],
  ['replaced', (store, replacement) => store.set('key', replacement)],
  ['evicted', (store, replacement) => store.set('other', replacement)],
  ['found to be over', (store) => void store.get('key', 10)],
])('an entry that is %s lets go of its tags, so that they take no memory', (_, remove) => {
  const tags = new TagGenerations();
  const limits = { maxEntries: 1, maxBytes: 1000 };
  const store = new EntryStore({ ...limits, tags, nowMs: () => 0, onLoss: () => undefined });
  const entry = { value: 1, freshUntilMs: 10, staleUntilMs: 10, bytes: 1 };
  store.set('key', { ...entry, generations: tags.hold(['a', 'b']) });
  expect(tags.size).toBe(2);
  remove(store, { ...entry, generations: [] });
  expect(tags.size).toBe(0);
});
