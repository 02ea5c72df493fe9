#!/usr/bin/env node
// CommonJS (see package.json beside it) in the syntax of ES5: a Node that is too old for the program must still be able
// to read this file and say so. What such a Node cannot even parse is in start.js.
var existsSync = require('fs').existsSync;
var join = require('path').join;

var version = process.versions.node.split('.').map(Number);

// The SDK would print a warning about Node 20 over the screen, and reads this when it is loaded.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

function refuse(sentence) {
  process.stderr.write(sentence + '\n');
  process.exitCode = 2;
}

if (version[0] < 20 || (version[0] === 20 && version[1] < 17)) {
  refuse('aws-first-steps needs Node.js 20.17 or newer; this is ' + process.versions.node + '.');
} else if (!existsSync(join(__dirname, '..', 'dist', 'main.js'))) {
  refuse('aws-first-steps is not built yet: run "npm run build" first.');
} else {
  require('./start.js');
}
