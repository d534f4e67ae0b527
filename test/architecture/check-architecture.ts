import { posix } from 'node:path';
import { allowances, drivers, isRole, portOwners, type Role } from './roles.ts';
import type { ConstructUse, ImportUse, ScannedUnit } from './source-scan.ts';

/** A workspace package as the rules see it. */
export interface PackageUnit {
  readonly name: string;
  readonly folder: string;
  readonly role: string | undefined;
  /** The keys of its `exports`. */
  readonly exportKeys: readonly string[];
}

/** A broken rule, with what to do about it. */
export interface Violation {
  readonly rule:
    | 'unknown-role'
    | 'role'
    | 'types-only'
    | 'deep-path'
    | 'leaves-package'
    | 'testing-in-production'
    | 'nestjs'
    | 'driver'
    | 'construct';
  readonly at: string;
  readonly message: string;
}

interface Context {
  readonly unit: ScannedUnit;
  readonly owner: PackageUnit;
  readonly role: Role;
  readonly packages: readonly PackageUnit[];
}

/** Checks every file against the rules of its package's role. */
export function checkArchitecture(
  units: readonly ScannedUnit[],
  packages: readonly PackageUnit[],
): readonly Violation[] {
  const unknown = packages
    .filter(({ role }) => !isRole(role))
    .map(({ folder, role }): Violation => {
      const message = `postrider.role is "${role ?? 'missing'}"; expected one of ${Object.keys(allowances).join(', ')}`;
      return { rule: 'unknown-role', at: `${folder}/package.json`, message };
    });
  return [...unknown, ...units.flatMap((unit) => checkUnit(unit, packages))];
}

function checkUnit(unit: ScannedUnit, packages: readonly PackageUnit[]): readonly Violation[] {
  // The longest folder wins: test/support is a package inside the package test.
  const [owner] = packages
    .filter(({ folder }) => unit.path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length);
  if (owner === undefined || !isRole(owner.role)) return [];
  const context: Context = { unit, owner, role: owner.role, packages };
  return [
    ...unit.imports.flatMap((use) => checkImport(use, context)),
    ...unit.constructs.flatMap((use) => checkConstruct(use, context)),
  ];
}

function checkImport(use: ImportUse, context: Context): readonly Violation[] {
  const { unit, packages } = context;
  if (use.specifier.startsWith('.')) return checkRelativeImport(use, context);
  const target = packages.find(({ name }) => use.specifier === name || use.specifier.startsWith(`${name}/`));
  const at = `${unit.path}:${String(use.line)}`;
  if (target === undefined) return checkExternalImport(use, context);
  const key = `.${use.specifier.slice(target.name.length)}`;
  if (!target.exportKeys.includes(key)) {
    const message = `"${use.specifier}" is not an entry point of ${target.name}: import ${target.exportKeys.join(' or ')}`;
    return [{ rule: 'deep-path', at, message }];
  }
  if (key === './testing' && kindOf(unit.path) === 'production' && !isFreeRole(context.role)) {
    return [{ rule: 'testing-in-production', at, message: `"${use.specifier}" is for tests only` }];
  }
  return checkRole(use, target, context);
}

function checkRole(use: ImportUse, target: PackageUnit, { unit, owner, role }: Context): readonly Violation[] {
  const { values, types } = allowances[role];
  if (target === owner || values === 'everything' || !isRole(target.role)) return [];
  const at = `${unit.path}:${String(use.line)}`;
  const ownsPort = role === 'plugin' && portOwners[portOf(owner)] === target.role;
  const isTestHelp = target.role === 'test' && kindOf(unit.path) !== 'production';
  if (values.includes(target.role) || ownsPort || isTestHelp) return [];
  if (types.includes(target.role)) {
    const message = `${role} may import types of ${target.role} only: use \`import type\``;
    return use.isTypeOnly ? [] : [{ rule: 'types-only', at, message }];
  }
  return [{ rule: 'role', at, message: `${role} must not import ${target.name}, whose role is ${target.role}` }];
}

function checkRelativeImport(use: ImportUse, { unit, owner }: Context): readonly Violation[] {
  const at = `${unit.path}:${String(use.line)}`;
  const target = posix.join(posix.dirname(unit.path), use.specifier);
  if (!target.startsWith(`${owner.folder}/`)) {
    return [
      { rule: 'leaves-package', at, message: `"${use.specifier}" lies outside ${owner.folder}: import the package` },
    ];
  }
  if (target.includes('/src/testing/') && kindOf(unit.path) === 'production') {
    return [{ rule: 'testing-in-production', at, message: `"${use.specifier}" is for tests only` }];
  }
  return [];
}

function checkExternalImport(use: ImportUse, { unit, role }: Context): readonly Violation[] {
  const at = `${unit.path}:${String(use.line)}`;
  if (isFreeRole(role) || kindOf(unit.path) === 'test') return [];
  if (use.specifier.startsWith('@nestjs/') && !(role !== 'plugin' && unit.path.includes('/src/nestjs/'))) {
    return [{ rule: 'nestjs', at, message: `${use.specifier} belongs in apps/ or in src/nestjs/ of a package` }];
  }
  const driver = drivers.find((name) => use.specifier === name || use.specifier.startsWith(`${name}/`));
  if (driver !== undefined && role !== 'plugin') {
    return [{ rule: 'driver', at, message: `${driver} is the business of a plugin: use a port` }];
  }
  return [];
}

function checkConstruct(use: ConstructUse, { unit, role }: Context): readonly Violation[] {
  const isAdapter = unit.path.startsWith('packages/core/src/adapters/');
  const isFree = kindOf(unit.path) === 'test' || isFreeRole(role) || role === 'cli' || isAdapter;
  if (use.construct !== 'export *' && isFree) return [];
  return [{ rule: 'construct', at: `${unit.path}:${String(use.line)}`, message: advice[use.construct] }];
}

const advice: Readonly<Record<ConstructUse['construct'], string>> = {
  'export *': '`export *` hides the public surface: name what is exported',
  'new Date()': '`new Date()` reads the wall clock: use the Clock port',
  'process.env': '`process.env` belongs in apps/ and packages/cli: take an option',
  'process.exit': '`process.exit` belongs in apps/ and packages/cli: throw',
  'process.on': 'process events belong in apps/ and packages/cli',
};

function kindOf(path: string): 'production' | 'testing' | 'test' {
  if (/\.test(-d)?\.ts$/.test(path) || /^[^/]+\/[^/]+\/(test\/|[^/]+\.ts$)/.test(path)) return 'test';
  return path.includes('/src/testing/') ? 'testing' : 'production';
}

/** These roles are not published and assemble everything. */
function isFreeRole(role: Role): boolean {
  return allowances[role].values === 'everything';
}

function portOf({ folder }: PackageUnit): string {
  return posix.basename(folder).split('-')[0] ?? '';
}
