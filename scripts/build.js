// Makes dist/ (one bundle, split where src/ imports lazily) and THIRD-PARTY-NOTICES.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { thirdPartyNotices } from './notices.js';

const root = fileURLToPath(new URL('..', import.meta.url));

// CommonJS packages inside an ES module still call require() for Node's own modules.
const requireForCommonJs = `import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);`;

// Under DEV=true Ink looks for React's developer tools, which are not shipped. It reads the variable
// through an import of node:process, out of reach of `define`.
const withoutDevtools = {
  name: 'without-devtools',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]ink[\\/]build[\\/](devtools|utils)\.js$/ }, () => ({
      contents: 'export const isDev = () => false;',
    }));
  },
};

const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));

// An import of JSON takes in the whole file. Nothing in the program reads these two fields of package.json.
const development = new Set(['devDependencies', 'scripts']);
const withoutDevelopment = {
  name: 'without-development',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]package\.json$/ }, ({ path }) => {
      if (path !== fileURLToPath(new URL('../package.json', import.meta.url))) return undefined;
      const kept = Object.entries(manifest).filter(([field]) => !development.has(field));
      return { contents: JSON.stringify(Object.fromEntries(kept)), loader: 'json' };
    });
  },
};

await rm(new URL('../dist', import.meta.url), { recursive: true, force: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The ES modules of a package can be shaken; its CommonJS twin cannot.
  mainFields: ['module', 'main'],
  chunkNames: 'chunks/[name]-[hash]',
  jsx: 'automatic',
  // Never minified: the names of the SDK's commands are those of the operations, and a stack trace stays readable.
  keepNames: true,
  legalComments: 'linked',
  banner: { js: requireForCommonJs },
  define: {
    'process.env.NODE_ENV': '"production"',
    // CommonJS packages ask where they are; write-file-atomic makes the names of its temporary files of it.
    __filename: 'import.meta.filename',
  },
  plugins: [withoutDevtools, withoutDevelopment],
  metafile: true,
  logLevel: 'warning',
});

await writeFile(
  new URL('../THIRD-PARTY-NOTICES', import.meta.url),
  await thirdPartyNotices({ root, inputs: Object.keys(metafile.inputs), product: manifest.name }),
);

const outputs = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.js'));
const bytes = outputs.reduce((sum, [, { bytes: one }]) => sum + one, 0);
console.log(`dist: ${outputs.length} files, ${Math.round(bytes / 1024)} KiB`);
