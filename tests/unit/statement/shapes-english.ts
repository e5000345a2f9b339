import type { Shape } from './shapes.ts';

/** Exports in English, in the layouts that banks and wallets use, with invented data. */
export const englishShapes: Shape[] = [
	{
		name: 'wallet with started and completed dates, fee and state',
		text: `Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
CARD_PAYMENT,Current,2024-03-01 08:12:01,2024-03-02 10:00:00,Corner Cafe,-3.40,0.00,EUR,COMPLETED,96.60
TRANSFER,Current,2024-03-03 09:00:00,2024-03-03 09:00:01,To Ada Lovelace,-20.00,0.50,EUR,COMPLETED,76.10
TOPUP,Current,2024-03-04 12:00:00,2024-03-04 12:00:02,Payment from Grace Hopper,50.00,0.00,EUR,COMPLETED,126.10
CARD_PAYMENT,Current,2024-03-05 12:00:00,,Declined Shop,-9.99,0.00,EUR,DECLINED,`,
		rows: [
			'2024-03-02 -3.40 EUR Corner Cafe',
			'2024-03-03 -20.50 EUR To Ada Lovelace',
			'2024-03-04 50.00 EUR Payment from'
		]
	},
	{
		name: 'wallet with direction, source and target columns',
		text: `ID,Status,Direction,Created on,Finished on,Source fee amount,Source fee currency,Source name,Source amount (after fees),Source currency,Target name,Target amount (after fees),Target currency,Exchange rate,Reference
TRANSFER-1,COMPLETED,OUT,2024-05-02 10:00:00,2024-05-02 10:00:05,0.41,GBP,Ada Lovelace,99.59,GBP,Grace Hopper,116.20,EUR,1.16678,Rent May
TRANSFER-2,COMPLETED,IN,2024-05-03 10:00:00,2024-05-03 10:00:05,0.00,GBP,Acme Ltd,500.00,GBP,Ada Lovelace,500.00,GBP,1.0,Salary`,
		asks: true
	},
	{
		name: 'PayPal layout in English',
		text: `"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Balance","Subject"
"13/04/2024","09:01:10","BST","Tea House","Express Checkout Payment","Completed","GBP","-12.50","0.00","-12.50","a@example.com","b@example.com","1AB","87.50",""
"14/04/2024","10:01:10","BST","Grace Hopper","Mobile Payment","Completed","GBP","20.00","-0.88","19.12","g@example.com","a@example.com","2AB","106.62","Dinner"`,
		rows: ['2024-04-13 -12.50 GBP Tea House', '2024-04-14 19.12 GBP Grace Hopper']
	},
	{
		name: 'US card with sale and payment types',
		text: `Transaction Date,Post Date,Description,Category,Type,Amount,Memo
03/14/2024,03/15/2024,CORNER STORE 123,Groceries,Sale,-23.10,
03/12/2024,03/13/2024,PAYMENT THANK YOU-MOBILE,,Payment,200.00,
03/02/2024,03/03/2024,BOOKSHOP,Shopping,Sale,-15.00,`,
		rows: [
			'2024-03-14 -23.10 USD CORNER STORE',
			'2024-03-12 200.00 USD PAYMENT',
			'2024-03-02 -15.00 USD BOOKSHOP'
		]
	},
	{
		name: 'US checking with a trailing delimiter',
		text: `Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,01/31/2024,"GROCER 99 SPRINGFIELD",-45.20,DEBIT_CARD,954.80,,
CREDIT,01/15/2024,"ACME PAYROLL PPD ID: 123",1000.00,ACH_CREDIT,1000.00,,`,
		rows: ['2024-01-31 -45.20 USD GROCER', '2024-01-15 1000.00 USD ACME']
	},
	{
		name: 'card with positive spending and a payment',
		text: `Date,Description,Card Member,Account #,Amount
02/13/2024,CORNER STORE,A LOVELACE,-11001,23.10
02/20/2024,BOOKSHOP,A LOVELACE,-11001,15.00
02/25/2024,AUTOPAY PAYMENT - THANK YOU,A LOVELACE,-11001,-300.00`,
		rows: ['2024-02-13 -23.10 USD CORNER', '2024-02-20 -15.00 USD BOOKSHOP', '2024-02-25 300.00 USD AUTOPAY']
	},
	{
		name: 'card with debit and credit columns and ISO dates',
		text: `Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit
2024-02-13,2024-02-14,1234,CORNER STORE,Merchandise,23.10,
2024-02-15,2024-02-15,1234,CAPITAL MOBILE PYMT,Payment/Credit,,300.00`,
		rows: ['2024-02-13 -23.10 USD CORNER STORE', '2024-02-15 300.00 USD CAPITAL']
	},
	{
		name: 'US bank with a summary above and a beginning balance',
		text: `Description,,Summary Amt.
Beginning balance as of 01/01/2024,,"1,000.00"
Total credits,,"2,500.00"
Total debits,,"-345.20"
Ending balance as of 01/31/2024,,"3,154.80"

Date,Description,Amount,Running Bal.
01/01/2024,Beginning balance as of 01/01/2024,,"1,000.00"
01/05/2024,"RENT CHECK 101","-300.00","700.00"
01/15/2024,"ACME DES:PAYROLL","2,500.00","3,200.00"
01/20/2024,"GROCER","-45.20","3,154.80"`,
		rows: ['2024-01-05 -300.00 USD RENT', '2024-01-15 2500.00 USD ACME', '2024-01-20 -45.20 USD GROCER']
	},
	{
		name: 'US bank without header',
		text: `"01/31/2024","-45.20","*","","GROCER 99 SPRINGFIELD"
"01/29/2024","-12.00","*","","COFFEE BAR"
"01/15/2024","1000.00","*","","ACME PAYROLL"`,
		rows: ['2024-01-31 -45.20 USD GROCER', '2024-01-29 -12.00 USD COFFEE', '2024-01-15 1000.00 USD ACME']
	},
	{
		name: 'UK bank without header, day first, thousands quoted',
		text: `31/01/2024,GROCER LONDON,-45.20
29/01/2024,COFFEE BAR,-12.00
15/01/2024,ACME LTD SALARY,"1,000.00"`,
		rows: ['2024-01-31 -45.20 USD GROCER', '2024-01-29 -12.00 USD COFFEE', '2024-01-15 1000.00 USD ACME']
	},
	{
		name: 'UK bank with type, value and blank columns',
		text: `Date, Type, Description, Value, Balance, Account Name, Account Number

31/01/2024,POS,"'GROCER , LONDON",-45.20,954.80,"'LOVELACE A","'601111-12345678",
15/01/2024,BAC,"'ACME LTD , SALARY",1000.00,1000.00,"'LOVELACE A","'601111-12345678",`,
		rows: ['2024-01-31 -45.20 USD GROCER', '2024-01-15 1000.00 USD ACME']
	},
	{
		name: 'UK app bank with counterparty and reference',
		text: `Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes
31/01/2024,Grocer,LONDON GB,CONTACTLESS,-45.20,954.80,GROCERIES,
15/01/2024,Acme Ltd,SALARY,FASTER PAYMENT,1000.00,1000.00,INCOME,`,
		rows: ['2024-01-31 -45.20 GBP Grocer LONDON GB', '2024-01-15 1000.00 GBP Acme Ltd SALARY']
	},
	{
		name: 'UK building society with paid out and paid in, pound signs',
		text: `"Account Name:","FlexAccount ****12345"
"Account Balance:","£954.80"
"Available Balance: ","£954.80"

"Date","Transaction type","Description","Paid out","Paid in","Balance"
"15 Jan 2024","Bank credit","ACME LTD","","£1,000.00","£1,000.00"
"31 Jan 2024","Visa purchase","GROCER","£45.20","","£954.80"`,
		rows: ['2024-01-15 1000.00 GBP ACME', '2024-01-31 -45.20 GBP GROCER']
	},
	{
		name: 'Australian bank without header, signs quoted, running balance',
		text: `31/01/2024,"-45.20","GROCER SYDNEY","+954.80"
15/01/2024,"+1000.00","SALARY ACME","+1000.00"
02/01/2024,"-10.00","COFFEE","+0.00"`,
		rows: ['2024-01-31 -45.20 USD GROCER', '2024-01-15 1000.00 USD SALARY', '2024-01-02 -10.00 USD COFFEE']
	},
	{
		name: 'Australian bank with account, narrative and categories',
		text: `Bank Account,Date,Narrative,Debit Amount,Credit Amount,Balance,Categories,Serial
732000123456,31/01/2024,GROCER SYDNEY,45.20,,954.80,PAYMENT,
732000123456,15/01/2024,SALARY ACME,,1000.00,1000.00,DEP,`,
		rows: ['2024-01-31 -45.20 USD GROCER', '2024-01-15 1000.00 USD SALARY']
	},
	{
		name: 'New Zealand bank with particulars, code and reference',
		text: `Type,Details,Particulars,Code,Reference,Amount,Date,ForeignCurrencyAmount,ConversionCharge
Visa Purchase,4835-****-****-1234,Grocer,,Auckland,-45.20,31/01/2024,,
Direct Credit,Acme Ltd,Salary,Jan,,1000.00,15/01/2024,,`,
		rows: ['2024-01-31 -45.20 USD Grocer', '2024-01-15 1000.00 USD Salary']
	},
	{
		name: 'Canadian bank with two description columns and two currencies',
		text: `"Account Type","Account Number","Transaction Date","Cheque Number","Description 1","Description 2","CAD$","USD$"
Chequing,01234-5678901,1/31/2024,,"CONTACTLESS PURCHASE","GROCER",-45.20,,
Chequing,01234-5678901,1/15/2024,,"PAYROLL DEPOSIT","ACME",1000.00,,`,
		rows: ['2024-01-31 -45.20 CAD CONTACTLESS PURCHASE GROCER', '2024-01-15 1000.00 CAD PAYROLL']
	},
	{
		name: 'Canadian bank without header: date, text, out, in, balance',
		text: `01/31/2024,GROCER #123,45.20,,954.80
01/15/2024,ACME PAYROLL,,1000.00,1000.00
01/02/2024,COFFEE,10.00,,0.00`,
		rows: ['2024-01-31 -45.20 USD GROCER', '2024-01-15 1000.00 USD ACME', '2024-01-02 -10.00 USD COFFEE']
	},
	{
		name: 'Indian bank with narration, value date and lakh groups',
		text: `Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance
31/01/24,UPI-GROCER-GROCER@BANK-1234,0000402012345678,31/01/24,"1,245.20",,"1,23,456.80"
15/01/24,NEFT CR-ACME-SALARY,N015240001,15/01/24,,"1,24,702.00","1,24,702.00"`,
		rows: ['2024-01-31 -1245.20 USD UPI-GROCER', '2024-01-15 124702.00 USD NEFT']
	},
	{
		name: 'Indian bank with tabs, spaces and month names',
		text: `Account Name       :\tMs. Ada Lovelace
Account Number     :\t_00000012345678901
Start Date         :\t1 Jan 2024
End Date           :\t31 Jan 2024

Txn Date\tValue Date\tDescription\tRef No./Cheque No.\t        Debit\tCredit\tBalance
31 Jan 2024\t31 Jan 2024\tTO TRANSFER-UPI GROCER--\tTRANSFER TO 1 / \t1,245.20\t \t98,754.80
15 Jan 2024\t15 Jan 2024\tBY TRANSFER-NEFT ACME SALARY--\tTRANSFER FROM 2 / \t \t1,00,000.00\t1,00,000.00
**This is a computer generated statement and does not require a signature`,
		rows: ['2024-01-31 -1245.20 USD TO TRANSFER', '2024-01-15 100000.00 USD BY TRANSFER']
	},
	{
		name: 'Singapore bank with a preamble',
		text: `Account Details For:,Savings Account 123-45678-9
Statement as at:,31 Jan 2024

Transaction Date,Reference,Debit Amount,Credit Amount,Transaction Ref1,Transaction Ref2,Transaction Ref3
30 Jan 2024,MST,45.20, ,GROCER SI SGP 29JAN,1234-5678,
15 Jan 2024,GIRO, ,1000.00,SALARY,ACME PTE LTD,`,
		rows: ['2024-01-30 -45.20 USD', '2024-01-15 1000.00 USD']
	},
	{
		name: 'money app with amounts that carry code and symbol',
		text: `Date,Payee,Amount
2024-01-31,Grocer,"-€45.20"
2024-01-15,Acme,"€1,000.00"`,
		rows: ['2024-01-31 -45.20 EUR Grocer', '2024-01-15 1000.00 EUR Acme']
	}
];
