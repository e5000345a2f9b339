/** Exports of other programs, as texts: made up here, and real ones where they are at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const splitwise = `Date,Description,Category,Cost,Currency,Ana,Ben,Cleo

2026-01-05,Groceries,Groceries,30.00,EUR,20.00,-10.00,-10.00
2026-01-06,"Pizza, twice",Dining out,10.00,EUR,-3.33,6.67,-3.34
2026-01-07,Hotel,Hotel,100.00,EUR,30.00,20.00,-50.00
2026-01-07,Taxi,Taxi,9.00,USD,-4.50,0.00,4.50
2026-01-08,Ben paid Ana,Payment,5.00,EUR,-5.00,5.00,0.00
2026-01-08,Ben paid Ana,Payment,5.00,EUR,-5.00,5.00,0.00
2026-01-09,Only mine,General,7.00,EUR,0.00,0.00,0.00

2026-02-01,Total balance, , ,EUR,36.67,26.67,-63.34
2026-02-01,Total balance, , ,USD,-4.50,0.00,4.50
`;

/** As Splitwise counts it. */
export const splitwiseSums = { EUR: { Ana: 3667, Ben: 2667, Cleo: -6334 }, USD: { Ana: -450, Cleo: 450 } };

const spliitHeading =
	'\ufeff"Date","Description","Category","Currency","Cost","Original cost","Original currency","Conversion rate","Is Reimbursement","Split mode","Ana ","Ben","Cleo"';

export const spliit = `${spliitHeading}
"2026-01-05","Petrol","Gas/Fuel","EUR","67.50",,,,"No","Unevenly – By shares",45,-22.5,0
"2026-01-06","Presents","Gifts","EUR","10.75",,,,"No","Evenly",-5.38,5.38,0
"2026-01-07","Museum","Entertainment","EUR","18.40","20.00","USD","0.92","No","Unevenly – By amount",-8.4,-5,5
"2026-01-08","Deposit back","Rent","EUR","-30.00",,,,"No","Evenly",10,10,-10
"2026-01-09","Reimbursement","Payment","EUR","12.50",,,,"Yes","Evenly",0,0,-12.5
"2026-01-10","For Ben","General","EUR","4.00",,,,"No","Evenly",0,-4,0
`;
/** What Spliit leaves open: who paid where nobody who paid has a share. Line → who could have. */
export const spliitOpen = { 6: ['Ana', 'Ben'], 7: ['Ana', 'Cleo'] };
export const spliitAnswers = [
	{ line: 6, name: 'Ana' },
	{ line: 7, name: 'Cleo' }
];

/** In cents, row by row: petrol, presents, museum, deposit, reimbursement, and what Cleo paid for Ben. */
export const spliitSums = {
	Ana: 2250 - 538 - 840 + 1000 + 1250,
	Ben: -2250 + 538 - 500 + 1000 - 400,
	Cleo: 1340 - 2000 - 1250 + 400
};

/** A file of a folder of real exports: the one that SPLITS names, or the one beside this project. Null when it is not there. */
export function realExport(name: string): string | null {
	const file = join(process.env['SPLITS'] ?? '../shared/data/splits', name);
	return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
