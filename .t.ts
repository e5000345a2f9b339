import { loadBase } from '#models/load.ts';
import { OwnCounts } from '#models/own.ts';
const m = loadBase();
const own = new OwnCounts([]);
for (const t of ['BEST BUY', 'TRADER JOES NEW York NY', 'TRADER JOE S #123', 'Kino Babylon', 'Rossmann', 'WALMART SUPERCENTER', 'SQ *BLUE BOTTLE COFFEE', 'UBER TRIP HELP.UBER.COM','SHELL OIL 5744', 'NETFLIX.COM','BEST BUY 00012 NEW YORK NY', 'AMZN MKTP US*2K4', 'CVS/PHARMACY #0123', 'TARGET 00023', 'COSTCO WHSE #0123', 'SPOTIFY USA','MCDONALDS F1234']) {
  const p = own.predict(m, t, -2000, 'USD');
  console.log(t.padEnd(32), p.category, p.confidence.toFixed(2), p.runnerUp);
}
