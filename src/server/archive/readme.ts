import { nouns } from './nouns.ts';

const widest = Math.max(...nouns.map(({ file }) => file.length));

/** What whoever opens an archive reads first. */
export const readme = `This is everything that Quits keeps of you, as it was at one moment (manifest.json says when).

Each .jsonl file holds one kind of thing: every line is one of them, as a JSON object. Many programs read
that; a text editor shows it.

${nouns.map(({ file, what }) => `  ${`${file}.jsonl`.padEnd(widest + 8)}${what}`).join('\n')}
  ${'receipts/'.padEnd(widest + 8)}pictures and PDFs, named by the id of their expense
  ${'manifest.json'.padEnd(widest + 8)}when this was made, and how many lines and files there are

Ids tie them together: the accountId of a transaction is the id of a line in accounts.jsonl, the memberId
of a share that of a line in members.jsonl, and so on. Amounts are whole numbers of the smallest unit of the
currency beside them: -1234 with EUR is 12.34 euros that went out. Dates are YYYY-MM-DD, times are in UTC.

Passwords, keys, tokens and links that open something are not in here. Nor is what only others may see:
of a group you find what its pages show you.
`;
