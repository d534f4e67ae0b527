import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { componentExamples } from '../src/openapi/examples/add-examples.js';
import { startTestServer, type TestServer } from './support/test-server.js';

interface Body {
  readonly content?: Readonly<
    Record<string, { readonly schema: { readonly $ref?: string }; readonly example?: unknown }>
  >;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly requestBody?: Body; readonly responses: Record<string, Body> }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly examples?: readonly unknown[] }>> };
}

const prefix = '#/components/schemas/';

describe('examples in the API description', () => {
  let server: TestServer;
  let document: Document;
  beforeAll(async () => {
    server = await startTestServer();
    document = (await server.call({ path: '/openapi.json', key: undefined })).body as unknown as Document;
  });
  afterAll(() => server.close());

  it('there is one for every body and every answer', () => {
    const missing = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody, responses }]) =>
        Object.entries({ body: requestBody, ...responses }).flatMap(([part, body]) =>
          Object.values(body?.content ?? {})
            .filter(({ schema, example }) => {
              const examples = document.components.schemas[schema.$ref?.slice(prefix.length) ?? '']?.examples;
              return example === undefined && (examples ?? []).length === 0;
            })
            .map(({ schema }) => `${method} ${path} ${part} ${schema.$ref ?? 'inline'}`),
        ),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('each fits its schema, and knows no field that the schema does not', () => {
    const isDate = (text: string) => !Number.isNaN(Date.parse(text));
    const ajv = new Ajv2020({
      strict: false,
      allErrors: true,
      formats: { 'date-time': isDate, uri: true, email: true },
    });
    ajv.addSchema({ $id: 'document', components: document.components });
    const problems = Object.entries(document.components.schemas).flatMap(([name, { examples = [] }]) =>
      examples.flatMap((example) => {
        const validate = ajv.getSchema(`document${prefix}${name}`);
        return validate?.(example) === true ? [] : [`${name}: ${ajv.errorsText(validate?.errors)}`];
      }),
    );
    expect(problems).toEqual([]);
  });

  it('none is left of what is no longer described', () => {
    const described = Object.keys(document.components.schemas);
    expect(Object.keys(componentExamples).filter((name) => !described.includes(name))).toEqual([]);
  });
});
