import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { externalDataInterceptor, getHomeDir } from '@smithy/core/config';
import type { Environment } from '../../lib/environment.ts';
import { sanitize } from '../../lib/sanitize.ts';

/** One of the two files in which the AWS CLI keeps profiles. */
export type AwsFile = {
  kind: 'config' | 'credentials';
  path: string;
  exists: boolean;
  /** Why nothing in it can be used, as the rest of a sentence that begins with its path. */
  problem?: string;
  /** What stands between brackets, line by line, as the file has it. */
  headers: readonly string[];
};

const sectionKinds = ['profile', 'sso-session', 'services'] as const;
type SectionKind = (typeof sectionKinds)[number];

/** The words of a header, with quotes read as a shell reads them: AWS CLI splits them with Python's `shlex`. */
const splitHeader = (header: string): readonly string[] =>
  [...header.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) =>
    (double ?? single ?? plain ?? '').trim(),
  );

/**
 * The name under which the SDK knows the owner's profile, session or services section: it reads only names of these
 * signs, so that others are handed to it with percent signs.
 */
export const toSdkName = (name: string): string =>
  /^[\w@+.:/-]+$/.test(name)
    ? name
    : encodeURIComponent(name).replaceAll(
        /[!'()*~]/g,
        (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
      );

/** The name as the owner writes it. */
export const fromSdkName = (name: string): string => decodeURIComponent(name);

/** What a header of the config file names, as AWS CLI reads it: `[default]`, `[profile NAME]` and so on. */
const readConfigHeader = (header: string): { kind: SectionKind; name: string } | undefined => {
  if (header === 'default') return { kind: 'profile', name: header };
  const [word, name, ...more] = /^\S/.test(header) ? splitHeader(header) : [];
  const kind = sectionKinds.find((one) => one === word);
  return kind !== undefined && name !== undefined && name !== '' && more.length === 0
    ? { kind, name }
    : undefined;
};

const headerPattern = /^\[(.+)\]$/;

/** The SDK's parser would take the sections of these names for what every JavaScript object has. */
const isReserved = (name: string): boolean => name in {};

const toSdkHeader = (header: string, kind: AwsFile['kind']): string => {
  // In the credentials file a header is the name and nothing else.
  if (kind === 'credentials') return `[${isReserved(header) ? 'ignored' : toSdkName(header)}]`;
  const section = readConfigHeader(header);
  if (!section || isReserved(section.name)) return '[ignored]';
  return section.name === 'default' && section.kind === 'profile'
    ? '[default]'
    : `[${section.kind} ${toSdkName(section.name)}]`;
};

/** Settings whose value is the name of another section. */
const references = new Set(['source_profile', 'sso_session', 'services']);

/** A setting as AWS CLI reads it: with `=` or `:`, in capitals or not. */
const toSdkSetting = (line: string): string => {
  const [, indent = '', name = '', value] = /^(\s*)([^\s=:#;[][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
  if (value === undefined) return line;
  const lower = name.toLowerCase();
  return `${indent}${lower} = ${references.has(lower) ? toSdkName(value.trim()) : value}`;
};

/** The file as the SDK's parser reads the same out of it that AWS CLI does, and what stands between brackets. */
const normalize = (text: string, kind: AwsFile['kind']) => {
  const headers: string[] = [];
  const lines = text.split(/\r?\n/).map((line) => {
    const header = headerPattern.exec(line.split(/(?:^|\s)[;#]/)[0]?.trim() ?? '')?.[1];
    if (header === undefined) return toSdkSetting(line);
    headers.push(header);
    return toSdkHeader(header, kind);
  });
  return { headers, text: lines.join('\n') };
};

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'cannot be read: it belongs to somebody else, or its permissions do not allow it.',
  EPERM: 'cannot be read: it belongs to somebody else, or its permissions do not allow it.',
  EISDIR: 'is a folder.',
  ENOTDIR: 'cannot be read: a part of its path is a file.',
  ELOOP: 'cannot be read: it is a link that leads back to itself.',
};

const readBytes = (path: string): { bytes?: Buffer; problem?: string } => {
  try {
    return { bytes: readFileSync(path) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code === 'ENOENT' ? {} : { problem: reasons[code] ?? `cannot be read (${sanitize(code, 20)}).` };
  }
};

const findEncodingProblem = (bytes: Buffer): string | undefined =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes.includes(0)
    ? 'is not plain text but UTF-16, as PowerShell writes it with ">": save it as UTF-8.'
    : undefined;

const findContentProblem = (text: string, headers: readonly string[]): string | undefined => {
  if (headers.length > 0 || !/[^\s]/.test(text.replaceAll(/^\s*[#;].*$/gm, ''))) return undefined;
  return /^\s*(?:export|set|\$env:)\s*\w*AWS_/im.test(text)
    ? 'contains shell commands and no profile: write [default] in its first line, and below it lines such as aws_access_key_id = ...'
    : 'contains no profile: its first line must be [default], or another name in brackets.';
};

const readAwsFile = (kind: AwsFile['kind'], paths: readonly string[]): AwsFile => {
  const path = paths[0] ?? '';
  const { bytes, problem } = readBytes(path);
  const unusable = problem ?? (bytes && findEncodingProblem(bytes));
  if (bytes === undefined || unusable !== undefined) {
    for (const one of paths) externalDataInterceptor.interceptFile(one, '');
    return {
      kind,
      path,
      exists: bytes !== undefined || problem !== undefined,
      ...(unusable !== undefined && { problem: unusable }),
      headers: [],
    };
  }
  const written = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const { headers, text } = normalize(written, kind);
  for (const one of paths) externalDataInterceptor.interceptFile(one, text);
  const content = findContentProblem(written, headers);
  return { kind, path, exists: true, ...(content !== undefined && { problem: content }), headers };
};

/** The path as it is, and as the SDK looks it up where it begins with `~/`. */
const listPaths = (given: string | undefined, name: string): readonly string[] => {
  if (!given) return [join(getHomeDir(), '.aws', name)];
  return given.startsWith('~/') ? [join(getHomeDir(), given.slice(2)), given] : [given];
};

/** The owner's two files. What was read is what the SDK gets for the rest of the process, read as AWS CLI reads it. */
export type AwsFiles = { readonly config: AwsFile; readonly credentials: AwsFile };

export const readAwsFiles = (env: Environment): AwsFiles => ({
  config: readAwsFile('config', listPaths(env['AWS_CONFIG_FILE'], 'config')),
  credentials: readAwsFile('credentials', listPaths(env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials')),
});

/** The names of the profiles, as the owner writes them. */
export const listProfiles = ({ config, credentials }: AwsFiles): readonly string[] => [
  ...new Set([
    ...config.headers.flatMap((header) => {
      const section = readConfigHeader(header);
      return section?.kind === 'profile' ? [section.name] : [];
    }),
    ...credentials.headers.filter((header) => header.trim() === header),
  ]),
];

/** A header in which AWS CLI sees no profile, or another one than was probably meant. */
export type MisspelledHeader = { file: AwsFile; header: string };

const isMisspelled = (kind: AwsFile['kind'], header: string, profile: string): boolean => {
  const read = kind === 'config' ? readConfigHeader(header)?.name : header;
  const words = splitHeader(header).filter((word) => word !== 'profile');
  return read !== profile && words.join(' ').toLowerCase() === profile.toLowerCase();
};

/** The header that was probably meant as this profile, which does not exist. */
export const findMisspelledHeader = (files: AwsFiles, profile: string): MisspelledHeader | undefined =>
  [files.config, files.credentials]
    .flatMap((file) => file.headers.map((header) => ({ file, header })))
    .find(({ file, header }) => isMisspelled(file.kind, header, profile));

/** Says how the header must be written. */
export const describeMisspelledHeader = ({ file, header }: MisspelledHeader, profile: string): string => {
  const right = file.kind === 'credentials' || profile === 'default' ? profile : `profile ${profile}`;
  return `${sanitize(file.path, 120)} has [${sanitize(header, 60)}], which is not a profile: write [${sanitize(right, 60)}].`;
};
