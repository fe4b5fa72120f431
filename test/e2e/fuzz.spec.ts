import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { demand, type Answer } from '../support/app.js';
import { startWholeApp, type WholeApp } from '../support/whole-app.js';
import { ApiDescription, type Operation } from '../fuzz/api-description.js';
import { type Estate, furnishEstate } from '../fuzz/estate.js';
import { judge } from '../fuzz/judge.js';
import { brokenRequests, fittingRequests, type FuzzRequest } from '../fuzz/requests.js';
import { FUZZ } from '../fuzz/settings.js';

it('explore', async () => {
  const app = await startWholeApp();
  try {
    const t0 = performance.now();
    const estate = await furnishEstate(app);
    console.log('estate', performance.now() - t0);
    const api = new ApiDescription((await app.http('GET', '/openapi.json')).body);
    const failed: string[] = [];
    const counts: string[] = [];
    let sent = 0;
    const ends = (o: Operation) => /DELETE|disconnect|logout/.test(o.name) ? 1 : 0;
    for (const op of api.operations.toSorted((a, b) => ends(a) - ends(b))) {
      const own = Object.fromEntries(op.parameters.filter((p) => p.in === 'path').map((p) => [p.name, estate.byPath[op.path.slice(0, op.path.indexOf(`{${p.name}}`))]!]).filter(([, v]) => v));
      const statuses: Record<string, number> = {};
      const t = performance.now();
      for (const kind of [fittingRequests, brokenRequests]) {
        await app.database.query('DELETE FROM rate_limits');
        const result = await fc.check(
          fc.asyncProperty(kind(op, api, own), async (request) => {
            sent += 1;
            const answer = await app.http(request.method, request.path, { token: estate.owner.token, headers: request.headers, ...(request.body !== undefined && { body: request.body }) });
            statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
            const faults = judge(api, op, request, answer);
            if (faults.length) throw new Error(`${faults.join('; ')} ${answer.text.slice(0, 200)}`);
          }),
          { numRuns: FUZZ.runs, seed: FUZZ.seed, endOnFailure: true },
        );
        if (result.failed) failed.push(`${op.name} ${kind.name} ${JSON.stringify(result.counterexample).slice(0, 400)} :: ${String((result.errorInstance as Error)?.message).slice(0, 400)}`);
      }
      counts.push(`${op.name} ${JSON.stringify(statuses)} ${Math.round(performance.now() - t)}ms`);
    }
    console.log(sent, performance.now() - t0, '\n' + counts.join('\n'));
    console.log(failed.length + '\n' + failed.join('\n\n'));
    console.log(app.log.filter(({ level }) => level === 'error').map((e) => JSON.stringify(e).slice(0, 600)).join('\n'));
  } finally {
    await app.close();
  }
}, 300_000);
