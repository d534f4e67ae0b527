import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { describeCommonParts } from './common-parts.js';
import { addExamples } from './examples/add-examples.js';
import { jsonForms } from '../http/schemas/json-form.js';

const description = `Postrider delivers webhooks. The routes under \`/app\`, \`/event-type\` and \`/health\` follow the REST
contract that the official Svix SDKs speak: set their server URL to this server.

Every answer that is not a success is JSON with \`code\` and \`detail\` (see \`Problem\` and \`ValidationProblem\`).
Wherever an id stands in a path, the \`uid\` of the resource (for messages: \`eventId\`) is accepted too.`;

/** Describes the routes of the application as OpenAPI 3.1. */
export function buildOpenApiDocument(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Postrider')
    .setDescription(description)
    .setVersion(version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key.' }, 'key')
    .addSecurityRequirements('key')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.core.$ZodType ? convert(schema, schemaType) : undefined,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  describeCommonParts(document);
  addExamples(document);
  return document;
}

function convert(schema: z.core.$ZodType, io: 'input' | 'output') {
  const {
    $schema: _dialect,
    $defs,
    ...root
  } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const shown = jsonForms.get(zodSchema);
      if (shown === undefined) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema];
      Object.assign(jsonSchema, shown.form);
    },
  });
  return { schema: root, ...($defs && { components: $defs }) };
}
