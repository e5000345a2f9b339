/**
 * Words that say what a business is, not which one: "Restaurant", "Apotheke", "Supermercado". What a person says of one
 * restaurant must not hold for all of them, so a name of such words alone is never looked for inside others.
 */

import { foldText } from '#lib/descriptor/fold.ts';

const kinds = `
	restaurant restaurants ristorante restaurante restaurang ravintola trattoria osteria pizzeria pizza bistro brasserie
	taverna taverne tavern pub bar bars lounge grill kitchen kebab doner doener imbiss snack sushi burger noodle noodles
	diner eatery canteen cantine kantine mensa gasthaus gasthof wirtshaus biergarten brauhaus brewery brauerei
	cafe caffe coffee kaffee kafe cafeteria espresso tea tee teahouse konditorei patisserie gelateria eis eiscafe icecream
	bakery backerei baeckerei boulangerie panaderia panetteria bageri bakkerij backhaus metzgerei fleischerei butcher
	boucherie carniceria macelleria slagerij deli delicatessen
	market markt marche mercado mercato supermarket supermarkt supermarche supermercado supermercato hypermarket grocery
	groceries grocer food foods lebensmittel epicerie alimentari alimentation minimarket kiosk kiosque tabac tabacchi
	convenience discounter getranke getraenke getrankemarkt wine wines liquor liquors spirits
	shop shops store stores boutique outlet mall center centre zentrum laden handel trading tienda negozio magasin winkel
	butik kauppa online mart bazaar express direct
	pharmacy pharmacie apotheke farmacia apteka apotek apotheek chemist drugstore drogerie parfumerie optician optik optiker
	opticien optica dental dentist zahnarzt zahnarztpraxis arzt praxis doctor doctors clinic clinique klinik clinica medical
	health hospital physio physiotherapie therapy veterinary tierarzt vet
	hair hairdresser friseur friseursalon coiffeur coiffure peluqueria parrucchiere barber salon beauty nails nail spa
	kosmetik wellness massage
	hotel hotels hostel motel inn pension resort apartments apartment ferienwohnung camping campsite
	taxi taxis cab cabs parking parkhaus parkplatz parcheggio garage tankstelle petrol fuel gas gasolinera station
	autohaus auto autos car cars werkstatt carwash waschanlage tyres reifen bike bikes fahrrad
	travel reisen reiseburo reisebuero tours viajes voyages viaggi airlines airways bus train
	gym fitness sport sports studio yoga club verein cinema kino theatre theater teatro museum
	book books bookshop buchhandlung librairie libreria bucher buecher papeterie stationery flowers florist blumen fleurs
	flores fiori toys spielwaren schuhe shoes chaussures zapatos fashion mode moda clothing jewelry jeweller juwelier
	electronics elektronik elektro mobile phone phones computer computers media
	hardware baumarkt bricolage ferreteria ferramenta mobel moebel furniture garden gartencenter garten gardens
	bank insurance versicherung versicherungen assurance assurances seguros assicurazioni rent miete energy energie
	strom electric electricity water wasser telecom internet
	cleaning cleaners laundry reinigung waschsalon textilreinigung dry pressing
	school schule ecole escuela academy akademie kindergarten kita service services dienstleistungen solutions group gruppe
	international holding holdings europe europa management consulting company verwaltung hausverwaltung immobilien
	home house new old big little city central super
`;

const words = new Set(kinds.split(/\s+/).filter(Boolean).map(foldText));

/** Whether a folded word is one of them. */
export const isGeneric = (word: string): boolean => words.has(word);
