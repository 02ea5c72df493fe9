import manifest from '../../package.json' with { type: 'json' };

/** Where mistakes of the program are reported: an address for the owner to open. */
export const issuesUrl: string = manifest.bugs.url;
