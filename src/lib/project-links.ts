import manifest from '../../package.json' with { type: 'json' };

/** Where bugs are reported. */
export const issuesUrl: string = manifest.bugs.url;
