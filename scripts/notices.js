// What the licences of bundled packages ask for: their names and texts, shipped beside the bundle.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const rule = '-'.repeat(80);

/** `node_modules/a/node_modules/@b/c/lib/x.js` -> `node_modules/a/node_modules/@b/c` */
const packageFolder = (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];

const licenceName = ({ license, licenses }) =>
  license?.type ?? license ?? licenses?.map((one) => one.type ?? one).join(' OR ') ?? 'not stated';

const holder = ({ author, name }) => author?.name ?? author ?? `the authors of ${name}`;

const licenceText = async (folder) => {
  const names = (await readdir(folder))
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .toSorted();
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.map((text) => text.trim()).join('\n\n');
};

const bundledPackage = async (root, folder) => {
  const manifest = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
  const licence = licenceName(manifest);
  const title = `${manifest.name} ${manifest.version} (${licence})`;
  return { title, licence, holder: holder(manifest), text: await licenceText(path.join(root, folder)) };
};

/** A package published without its licence file gets the standard text of the licence that it names. */
const standardText = ({ title, licence, holder: owner }, ourLicence, packages) => {
  if (licence === 'MIT') return ourLicence.replace(/^Copyright .*$/m, `Copyright (c) ${owner}`).trim();
  const twin = packages.find((one) => one.licence === licence && one.text);
  if (!twin) throw new Error(`${title} comes without a licence text`);
  return twin.text;
};

/** Writes one entry per licence text, with every package of the bundle that is under it. */
export const thirdPartyNotices = async ({ root, inputs, product }) => {
  const folders = [...new Set(inputs.map(packageFolder).filter(Boolean))].toSorted((one, other) =>
    one < other ? -1 : 1,
  );
  const packages = await Promise.all(folders.map((folder) => bundledPackage(root, folder)));
  const ourLicence = await readFile(path.join(root, 'LICENSE'), 'utf8');
  const titlesByText = new Map();
  for (const one of packages) {
    const text = one.text || standardText(one, ourLicence, packages);
    titlesByText.set(text, [...(titlesByText.get(text) ?? []), one.title]);
  }
  const entries = [...titlesByText].map(([text, titles]) => `${rule}\n\n${titles.join('\n')}\n\n${text}\n`);
  return `${product} contains code of the packages named below, under their licences.\n\n${entries.join('\n')}`;
};
