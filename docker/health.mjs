// Whether the process in this container can work: 0 or 1, for the health check of the image. A worker serves nothing; it
// says in the database that it lives, and the others hand on its jobs when it falls silent.
const { ROLE, PORT = '3000' } = process.env;

if (ROLE !== 'worker') {
  const { ok } = await fetch(`http://127.0.0.1:${PORT || '3000'}/health/ready`);
  process.exitCode = ok ? 0 : 1;
}
