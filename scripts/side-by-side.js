// Runs several scripts of package.json at the same time: `node scripts/side-by-side.js types lint`. Writes what a script
// said only if it failed, and ends with exit code 1 if any did.
import { spawn } from 'node:child_process';

const run = (name) =>
  new Promise((resolve) => {
    const start = Date.now();
    const child = spawn('npm', ['run', '--silent', name], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.once('error', (error) => (output += error.message));
    child.once('close', (code) => {
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${seconds}s)`);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });

const passed = await Promise.all(process.argv.slice(2).map(run));
process.exit(passed.every(Boolean) ? 0 : 1);
