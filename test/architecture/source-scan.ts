import ts from 'typescript';

/** A source file, by its path from the root of the repository with forward slashes. */
export interface SourceUnit {
  readonly path: string;
  readonly text: string;
}

/** One import or re-export. */
export interface ImportUse {
  readonly specifier: string;
  /** Nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
  readonly line: number;
}

/** A construct that only some places may use. */
export interface ConstructUse {
  readonly construct: 'export *' | 'new Date()' | 'process.env' | 'process.exit' | 'process.on';
  readonly line: number;
}

/** What a file imports and which restricted constructs it uses. */
export interface ScannedUnit extends SourceUnit {
  readonly imports: readonly ImportUse[];
  readonly constructs: readonly ConstructUse[];
}

const restrictedProcessMembers = new Set(['env', 'exit', 'on']);

/** Parses one file; needs neither a build nor a program. */
export function scanSource(unit: SourceUnit): ScannedUnit {
  const file = ts.createSourceFile(unit.path, unit.text, ts.ScriptTarget.Latest, true);
  const imports: ImportUse[] = [];
  const constructs: ConstructUse[] = [];
  const lineOf = (node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart()).line + 1;

  const visit = (node: ts.Node): void => {
    const imported = readImport(node);
    if (imported !== undefined) imports.push({ ...imported, line: lineOf(node) });
    const construct = readConstruct(node);
    if (construct !== undefined) constructs.push({ construct, line: lineOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { ...unit, imports, constructs };
}

function readImport(node: ts.Node): Omit<ImportUse, 'line'> | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, isTypeOnly: isTypeOnlyImport(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined;
    const isTypeOnly = node.isTypeOnly || (named !== undefined && named.every((element) => element.isTypeOnly));
    return { specifier: node.moduleSpecifier.text, isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal.text, isTypeOnly: true };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    if (argument && ts.isStringLiteral(argument)) return { specifier: argument.text, isTypeOnly: false };
  }
  return undefined;
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false; // imported for its effect
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function readConstruct(node: ts.Node): ConstructUse['construct'] | undefined {
  if (ts.isExportDeclaration(node) && (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause))) {
    return 'export *';
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) {
    return 'new Date()';
  }
  const isProcessMember =
    ts.isPropertyAccessExpression(node) &&
    node.expression.getText() === 'process' &&
    restrictedProcessMembers.has(node.name.text);
  return isProcessMember ? (`process.${node.name.text}` as ConstructUse['construct']) : undefined;
}
