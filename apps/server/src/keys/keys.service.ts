import { Injectable } from '@nestjs/common';
import type { ApiKey, Page, PageRequest } from '@postrider/core';
import { generateApiKey, parseApiKey } from '../auth/api-key-format.js';
import type { Principal } from '../auth/principal.js';
import { grants, type Scope } from '../auth/scopes.js';
import { keyTag } from '../caches/cache-names.js';
import { ApiError, conflict, invalidAt, notFound } from '../http/api-error.js';
import { pageOf } from '../http/page-of.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { noteChange } from '../requests/request-trail.js';
import type { KeyIn } from './key.dto.js';

/** Live keys of one environment; revoked and expired ones do not count. */
const maxLiveKeys = 200;
const keyIdForm = /^\w{1,64}$/;
const defaultOverlapSeconds = 86_400;

/** A key that was just made: the only moment at which its text exists outside of its owner. */
export interface NewKey {
  readonly key: ApiKey;
  readonly text: string;
}

interface KeyPath {
  readonly environmentId: string;
  readonly keyId: string;
}

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'random' | 'invalidations'>;

/** The use cases of API keys. */
@Injectable()
export class KeysService {
  readonly #ports: Ports;

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
  }

  /** By id. Keys are few (see `maxLiveKeys`), so the store gives them all. */
  async list(params: { readonly environmentId: string; readonly page: PageRequest }): Promise<Page<ApiKey>> {
    return pageOf(await this.#ports.storage.listKeys({ environmentId: params.environmentId }), params.page);
  }

  async get({ environmentId, keyId }: KeyPath): Promise<ApiKey> {
    // What cannot be an id is not looked for.
    const key = keyIdForm.test(keyId) ? await this.#ports.storage.getKey({ keyId }) : undefined;
    if (key?.environmentId !== environmentId || key.applicationId !== undefined) throw notFound('key');
    return key;
  }

  /** A key may do no more than the one that makes it. */
  async create(principal: Principal, input: KeyIn): Promise<NewKey> {
    const missing = input.scopes.filter((scope) => !principal.scopes.includes(scope) && !holds(principal, scope));
    if (missing.length > 0) {
      throw invalidAt(
        ['body', 'scopes'],
        `The key that you use does not hold ${missing.join(', ')} itself.`,
        'forbidden_scope',
      );
    }
    const expiresAt = input.expiresAt ?? undefined;
    if (expiresAt !== undefined && expiresAt <= this.#ports.clock.now()) {
      throw invalidAt(['body', 'expiresAt'], 'Must lie ahead.');
    }
    const { environmentId } = principal;
    await this.#checkRoom(environmentId);
    return this.insert({ environmentId, name: input.name, scopes: [...new Set(input.scopes)], expiresAt });
  }

  /** Makes another key that may do the same; the old one ends when the overlap does. */
  async rotate(path: KeyPath, overlapSeconds = defaultOverlapSeconds): Promise<NewKey> {
    const old = await this.get(path);
    if (!this.#isLive(old)) throw conflict('conflict', 'This key is revoked or expired: create a new one.');
    await this.#checkRoom(path.environmentId);
    const { environmentId, name, scopes } = old;
    const created = await this.insert({ environmentId, name, scopes, expiresAt: undefined });
    const expiresAt = new Date(this.#ports.clock.nowMs() + overlapSeconds * 1_000);
    await this.#ports.storage.limitKey({ ...path, expiresAt });
    this.#ports.invalidations.publish({ tags: [keyTag(path.keyId)] });
    noteChange({ before: toAudited(old), after: toAudited(created.key) });
    return created;
  }

  /** Effective at once in this process; in the others as soon as they hear of it, and after five seconds anyway. */
  async revoke(path: KeyPath): Promise<void> {
    const key = await this.get(path);
    const revokedAt = this.#ports.clock.now();
    if (key.revokedAt !== undefined && key.revokedAt <= revokedAt) throw notFound('key');
    await this.#ports.storage.revokeKey({ ...path, revokedAt });
    this.#ports.invalidations.publish({ tags: [keyTag(path.keyId)] });
    noteChange({ before: toAudited(key) });
  }

  /** Makes a key without asking who may. */
  async insert(params: Pick<ApiKey, 'environmentId' | 'name' | 'scopes' | 'expiresAt'>): Promise<NewKey> {
    const { storage, clock, random } = this.#ports;
    const text = generateApiKey(random);
    const parsed = parseApiKey(text);
    if (parsed === undefined) throw new Error('A generated key is none.');
    const key: ApiKey = { ...params, ...parsed, createdAt: clock.now() };
    if (!(await storage.createKey({ key }))) {
      throw new ApiError({
        status: 503,
        code: 'storage_unavailable',
        detail: 'The id of the key was taken: try again.',
      });
    }
    noteChange({ after: toAudited(key) });
    return { key, text };
  }

  async #checkRoom(environmentId: string): Promise<void> {
    const keys = await this.#ports.storage.listKeys({ environmentId });
    if (keys.filter((key) => this.#isLive(key)).length < maxLiveKeys) return;
    throw conflict('limit_reached', `The environment has ${maxLiveKeys} keys already: revoke one first.`);
  }

  #isLive({ expiresAt, revokedAt }: ApiKey): boolean {
    const now = this.#ports.clock.now();
    return (expiresAt === undefined || expiresAt > now) && (revokedAt === undefined || revokedAt > now);
  }
}

function holds(principal: Principal, scope: KeyIn['scopes'][number]): boolean {
  return scope !== '*' && grants(principal.scopes, scope satisfies Scope);
}

/** What the audit log may know of a key: not even its hash. */
function toAudited({ id, name, scopes, expiresAt }: ApiKey): object {
  return { id, name, scopes, expiresAt };
}
