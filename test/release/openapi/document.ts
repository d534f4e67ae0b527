/** As much of OpenAPI 3.1 as our document uses. */

/** A JSON Schema of the document, or a reference to one of its components. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly format?: string;
  readonly [keyword: string]: unknown;
}

/** What a body may be, by media type. */
export type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const prefix = '#/components/schemas/';

/** The name of the component that the schema refers to. */
export function componentOf({ $ref }: Schema): string | undefined {
  return $ref?.startsWith(prefix) === true ? $ref.slice(prefix.length) : undefined;
}

/** The schema itself where it is a reference to one. A reference to nothing is an error. */
export function resolve(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = document.components.schemas[componentOf(schema) ?? ''];
  if (found === undefined) throw new Error(`${schema.$ref} is not in the document.`);
  return resolve(document, found);
}
