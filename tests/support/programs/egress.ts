/**
 * Sends something as egress does, then as everything else in this process does by itself: node egress.ts URL. It is started with
 * variables that name a proxy.
 */
import { once } from 'node:events';
import { request } from 'node:http';
import { post } from '#server/egress.ts';

const [url = ''] = process.argv.slice(2);
const rules = { allow: ['127.0.0.1'], http: true };
const { status: byEgress } = await post(url, { headers: {}, body: 'by egress' }, rules);
const usual = request(url, { method: 'POST' }).end('as usual');
const [{ statusCode: asUsual }] = await once(usual, 'response');
console.log(JSON.stringify({ byEgress, asUsual }));
process.exit();
