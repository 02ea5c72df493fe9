// Vitest has every error keep a hundred frames. The SDK makes dozens of errors for each client, to pass over settings
// that are not there.
Error.stackTraceLimit = 10;
