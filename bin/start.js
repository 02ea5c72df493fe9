// Apart from aws-first-steps.js, because Node before 10 refuses to parse a file with import() in it.
void import('../dist/main.js').then(function (program) {
  return program.main(process.argv.slice(2));
});
