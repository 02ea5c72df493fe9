#!/usr/bin/env node
// Plain old syntax: a Node too old for the program must still be able to read this file and say so.
import { existsSync } from 'fs';

var version = process.versions.node.split('.').map(Number);

// The SDK would print a warning about Node 20 over the screen, and reads this when it is loaded.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

function refuse(sentence) {
  process.stderr.write(sentence + '\n');
  process.exitCode = 2;
}

if (version[0] < 20 || (version[0] === 20 && version[1] < 17)) {
  refuse('aws-first-steps needs Node.js 20.17 or newer; this is ' + process.versions.node + '.');
} else if (!existsSync(new URL('../dist/main.js', import.meta.url))) {
  refuse('aws-first-steps is not built yet: run "npm run build" first.');
} else {
  void import('../dist/main.js').then(function (program) {
    return program.main(process.argv.slice(2));
  });
}
