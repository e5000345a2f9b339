/** Merchants of our own making, many of them neighbours of each other, and the ways banks mangle a name. */

const names = `
Zebra Lounge|Quokka Store|Blue Bottle Coffee|Blue Moon Tavern|Blue Heron Books|Corner Bakery|Corner Grill|Green Grocer
Amazon|Amazon Prime|Amazon Fresh|Apple|Apple Music|Uber|Uber Eats|Google Play|Google Cloud
Shell|Shell Energy|Vodafone|Vodafone Kabel|Tesco|Tesco Bank|Tesco Mobile|Rewe|Edeka|Aldi Süd|Lidl|Penny|Netto
Restaurant Adler|Restaurant Krone|Restaurant Sonne|Hotel Krone|Hotel Post|Hotel Bellevue|Gasthaus zur Linde|Gasthof Post
Pizzeria La Piazza|Pizzeria La Strada|Pizzeria Napoli|Trattoria Da Mario|Trattoria Da Luigi|Osteria del Ponte
Apotheke am Markt|Apotheke am Ring|Löwen Apotheke|Hirsch Apotheke|Pharmacie Centrale|Pharmacie du Lac|Farmacia Sanz
Stadtwerke München|Stadtwerke Köln|Stadtwerke Bonn|Sparkasse Aachen|Volksbank Trier|Bank of Scotland|Bank of America
Bäckerei Grün|Bäckerei Müller|Bäckerei Schmidt|Boulangerie Martin|Boulangerie Petit|Panaderia Lopez|Bakkerij Jansen
Café Olé|Café Central|Café Zauberhaft|Coffee Fellows|Coffee Circle|Kaffee Rösterei Nord|Espresso House|Espresso Bar Uno
Müller Bau|Müller Drogerie|Schmidt Elektro|Schmidt Zahnarzt|Schneider Immobilien|Schneider Fahrräder|Wagner Garten
Hans Weber|Hans Becker|Maria Gonzalez|Maria Rossi|Anna Nowak|Peter Jansen|Pierre Dupont|Giulia Bianchi|Lars Hansen
Fitness First|Fitness Park|McFit|PureGym|Basic-Fit|Yoga Vidya|Studio Balance|Studio Harmonie|Turnverein Ostheim
Kinopolis|Cinemaxx|Odeon Luxe|Picturehouse Central|Teatro Real|Staatsoper|Museum Ludwig|Museum Folkwang
Netflix|Spotify|Disney Plus|Dazn|Steam Games|Nintendo eShop|Playstation Network|Audible|Kindle Unlimited
Ryanair|Easyjet|Lufthansa|Flixbus|Trainline|Deutsche Bahn|Renfe Viajeros|Trenitalia|Wizz Air|Norwegian Air Shuttle
Ikea|Hornbach|Obi Baumarkt|Leroy Merlin|Bauhaus|Jysk|Maisons du Monde|Castorama|Toom Baumarkt|Screwfix Direct
Zalando|Zara|Uniqlo|Decathlon|Foot Locker|Deichmann|Snipes|Primark|Marks and Spencer|House of Fraser|River Island
Old Cinema|Harbour Books|Night Pharmacy|Bike Repair|Flower Stall|Noodle Bar|City Tram|Kiosk Sonnenschein|Kiosk am Park
Fressnapf|Pets at Home|Zooplus|Tierarzt Dr Lang|Kleintierpraxis Sued|Blumen Risse|Fleurop|Interflora|Thalia Buecher
Pappelhof Eier|Hofladen Brinkmann|Weingut Keller|Weingut Thanisch|Brauhaus Sion|Brauhaus Früh|Schlachthof Lokal
Vermont Country Store|Trader Joes|Whole Foods|Kroger|Publix|Safeway|Wegmans|Piggly Wiggly|Winn Dixie|Harris Teeter
Dunkin Donuts|Tim Hortons|Chipotle|Taco Bell|Panda Express|Shake Shack|Five Guys|Wendys|Olive Garden|Red Lobster
Home Depot|Lowes|Ace Hardware|Tractor Supply|Best Buy|Micro Center|Barnes Noble|Half Price Books|Dollar Tree
Chevron|Sunoco|Exxon|Valero|Speedway|Circle K|Wawa|Sheetz|Kwik Trip|Buc-ees|Esso|Aral|Agip|Repsol|Galp|Q8
Mercadona|Carrefour|Eroski|Alcampo|Albert Heijn|Jumbo|Plus Supermarkt|Dirk van den Broek|Colruyt|Delhaize|Intermarche
Monoprix|Franprix|Esselunga|Coop|Migros|Denner|Spar|Billa|Hofer|Rema 1000|Kiwi|Meny|Willys|Hemköp|Prisma
Lantern Tree Tea|Maple Fork Diner|Copper Kettle|Silver Spoon|Iron Horse Saloon|Velvet Fox|Paper Crane|Salt Pepper
Otter Creek Outfitters|Moose Jaw Mercantile|Cedar Point Laundry|Willow Bend Dental|Birch Lane Barbers|Pine Ridge Vets
Thistle Thyme|Rook Pawn|Juniper Berry|Saffron Lane|Tamarind House|Bao Bun|Ramen Ya|Udon Kobo|Pho Saigon|Bibimbap Seoul
`;

export const merchants: readonly string[] = names
	.split(/[|\n]/)
	.map((name) => name.trim())
	.filter(Boolean);

const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '');
const cities = ['HAMBURG', 'LONDON GB', 'PARIS FR', 'MADRID', 'SEATTLE WA', 'AMSTERDAM NLD', 'MILANO IT'];
const pick = <T>(of: readonly T[], n: number): T => of[n % of.length]!;

/** The first three quarters, with at least two letters of the last word; a short name is not cut. */
function cutOff(name: string): string {
	if (name.length < 9) return name;
	return name.slice(0, Math.max(Math.ceil(name.length * 0.75), name.lastIndexOf(' ') + 3));
}

/** Ten ways and more; `n` varies their details. */
export const manglings: Record<string, (name: string, n: number) => string> = {
	'card prefix': (name, n) =>
		`${pick(['KARTENZAHLUNG', 'POS PURCHASE 1123', 'VISA DEBIT', 'CB CARTE 4411', 'SEPA LASTSCHRIFT'], n)} ${name}`,
	'store number': (name, n) => `${name} ${pick(['#0293', '04412', 'STORE 6021', '0815'], n)}`,
	city: (name, n) => `${name} ${pick(cities, n)}`,
	'city after slashes': (name) => `${name}//Hamburg/DE 2026-03-01T11:33`,
	'cut off': cutOff,
	'masked digits': (name, n) => pick([`${name} XXXXXX1234`, `${name} ****4411`, `CARD XX4411 ${name}`], n),
	'star prefix': (name, n) => `${pick(['SQ *', 'PAYPAL *', 'TST* ', 'SumUp  *', 'IZ *'], n)}${name}`,
	'upper case': (name) => plain(name).toUpperCase(),
	'lower case': (name) => name.toLowerCase(),
	'legal form': (name, n) => `${name} ${pick(['GmbH', 'LTD', 'S.A.', 'INC', 'B.V.', 'SRL'], n)}`,
	date: (name, n) => `${name} ${pick(['12.03.2026', 'ON 12 MAR', '03/12', '2026-03-12'], n)}`,
	'everything at once': (name, n) =>
		`VISA ${plain(name).toUpperCase()} ${1000 + n} ${pick(cities, n)} 12.03 XXXX4411`
};
