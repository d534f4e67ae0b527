import type { Command } from 'commander';
import { checkConfiguration } from '../../doctor/configuration-checks.js';
import type { Finding } from '../../doctor/finding.js';
import { checkDisk, checkEgress, checkNames } from '../../doctor/machine-checks.js';
import { checkContents, checkDatabase } from '../../doctor/store-checks.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { CliIo } from '../cli-io.js';
import { withStore } from '../open-store.js';
import type { CommandContext } from '../run-cli.js';

interface DoctorOptions {
  readonly dnsName: string;
  readonly egressUrl?: string;
  readonly json?: boolean;
}

const marks = { fine: 'ok', advice: 'advice', problem: 'PROBLEM', skipped: 'skipped' } as const;

/** `doctor`: looks at everything that an installation depends on. */
export function addDoctorCommand(program: Command, { io, action }: CommandContext): void {
  program
    .command('doctor')
    .description(
      'Looks at configuration, clock, names, disk, database, schema, queue and keys, and says what to do; exits with 3 when there is a problem. Changes nothing.',
    )
    .option('--dns-name <name>', 'a name that must resolve', 'example.com')
    .option('--egress-url <url>', 'an endpoint of yours to send "{}" to, through the egress guard')
    .option('--json', 'as JSON')
    .action(
      action(async (options: DoctorOptions) => {
        const findings = await examine(io, options);
        if (options.json === true) io.out(`${JSON.stringify(findings, undefined, 2)}\n`);
        else for (const finding of findings) io.out(render(finding));
        return findings.some(({ level }) => level === 'problem') ? exitCodes.findings : exitCodes.ok;
      }),
    );
}

function examine(io: CliIo, { dnsName, egressUrl }: DoctorOptions): Promise<readonly Finding[]> {
  return withStore(io, async (store) => {
    const { config, admin } = store;
    const isEmbedded = config.storagePackage === '@postrider/storage-sqlite';
    return [
      ...checkConfiguration(config),
      ...(await checkNames(dnsName)),
      ...(egressUrl === undefined ? [notAsked()] : await checkEgress(egressUrl, config)),
      ...(isEmbedded ? checkDisk(config) : []),
      ...(await checkStore(io, store, admin)),
    ];
  });
}

async function checkStore(
  { clock }: CliIo,
  store: Parameters<typeof checkContents>[0],
  admin: typeof store.admin,
): Promise<readonly Finding[]> {
  if (admin === undefined) {
    const found = 'The storage plugin has nothing to say of its database.';
    return [{ check: 'database', level: 'skipped', found }];
  }
  const database = await checkDatabase(admin, clock);
  // What is not there, does not answer or does not fit is not opened.
  const isUsable = database.some(({ check, level }) => check === 'schema' && level === 'fine');
  return isUsable ? [...database, ...(await checkContents(store, clock))] : database;
}

function notAsked(): Finding {
  const found = 'No request to an endpoint was tried.';
  return { check: 'egress', level: 'skipped', found, next: 'Name one of yours: --egress-url https://…' };
}

function render({ check, level, found, next }: Finding): string {
  const line = `${marks[level].padEnd(8)} ${check.padEnd(14)} ${found}\n`;
  return next === undefined ? line : `${line}${' '.repeat(24)}→ ${next}\n`;
}
