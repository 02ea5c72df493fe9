import manifest from '../../package.json' with { type: 'json' };

/** The version of this program, as `--version` prints it and as AWS sees it in the user agent. */
export const programVersion: string = manifest.version;
