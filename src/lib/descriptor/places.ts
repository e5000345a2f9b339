/** Places that card networks print after a merchant's name. Single words only: "New York" is cut by its state. */

export const cities = `
	london manchester birmingham leeds glasgow edinburgh liverpool bristol sheffield cardiff belfast nottingham leicester
	coventry newcastle southampton portsmouth brighton oxford cambridge aberdeen dundee swansea croydon stockport
	dublin cork galway limerick waterford
	berlin hamburg munchen muenchen munich koln koeln cologne frankfurt stuttgart dusseldorf duesseldorf dortmund essen
	leipzig bremen dresden hannover nurnberg nuernberg duisburg bochum wuppertal bielefeld bonn munster muenster
	karlsruhe mannheim augsburg wiesbaden gelsenkirchen monchengladbach braunschweig chemnitz kiel aachen halle magdeburg
	freiburg krefeld lubeck luebeck oberhausen erfurt mainz rostock kassel hagen saarbrucken potsdam ludwigshafen
	oldenburg leverkusen osnabruck heidelberg darmstadt regensburg wurzburg wuerzburg ingolstadt ulm heilbronn
	pforzheim wolfsburg gottingen reutlingen koblenz erlangen trier jena siegen
	wien vienna graz linz salzburg innsbruck klagenfurt villach wels korneuburg
	zurich zuerich genf geneva geneve basel bern lausanne winterthur luzern stgallen lugano zug
	paris marseille lyon toulouse nice nantes strasbourg montpellier bordeaux lille rennes reims grenoble dijon angers
	amsterdam rotterdam utrecht eindhoven groningen tilburg almere breda nijmegen haarlem arnhem zaandam amersfoort
	leiden delft hoofddorp schiphol antwerpen antwerp gent ghent brussel brussels bruxelles liege luik charleroi brugge
	leuven namur mechelen
	madrid barcelona valencia sevilla zaragoza malaga murcia palma bilbao alicante cordoba valladolid vigo gijon
	roma rome milano milan napoli torino palermo genova bologna firenze florence bari catania venezia verona padova
	lisboa lisbon porto braga coimbra amadora almada faro
	stockholm goteborg gothenburg malmo uppsala vasteras orebro linkoping helsingborg norrkoping
	oslo bergen trondheim stavanger drammen kobenhavn copenhagen aarhus odense aalborg esbjerg
	helsinki espoo tampere vantaa oulu turku
	warszawa warsaw krakow lodz wroclaw poznan gdansk szczecin bydgoszcz lublin katowice gdynia
	praha prague brno ostrava plzen liberec olomouc bratislava budapest luxembourg luxemburg
	chicago houston phoenix philadelphia dallas austin jacksonville columbus charlotte indianapolis
	seattle denver boston nashville detroit portland memphis louisville baltimore milwaukee albuquerque tucson fresno
	sacramento atlanta omaha raleigh miami oakland minneapolis tulsa tampa arlington wichita cleveland anaheim honolulu
	pittsburgh cincinnati orlando plano buffalo madison reno scottsdale brooklyn queens bronx manhattan cupertino
	sunnyvale berkeley pasadena hoboken irvine bellevue tacoma spokane boise savannah knoxville sanfrancisco losgatos
	toronto montreal vancouver calgary edmonton ottawa winnipeg mississauga hamilton quebec surrey halifax burnaby
	markham brampton saskatoon regina kelowna victoria
	sydney melbourne brisbane perth adelaide canberra hobart darwin geelong parramatta wollongong
	auckland wellington christchurch dunedin tauranga hamilton
	mumbai delhi bengaluru bangalore hyderabad chennai kolkata pune ahmedabad jaipur gurgaon gurugram noida lucknow kochi
	tokyo osaka kyoto nagoya yokohama sapporo fukuoka kobe singapore 東京 大阪 京都 名古屋 横浜`;

export const countries = `
	gb gbr uk ie irl de deu ger at aut ch che fr fra nl nld be bel es esp it ita pt prt se swe no nor dk dnk fi fin pl
	pol cz cze us usa ca can au aus nz nzl in ind jp jpn lu lux hu hun
	germany deutschland france espana spain italia italy nederland netherlands belgium belgie belgique ireland austria
	osterreich switzerland schweiz suisse portugal sweden sverige norway norge denmark danmark finland suomi poland
	polska czechia kingdom england scotland wales canada australia india japan`;

/** US, Canadian and Australian states as printed on card lines. */
export const regions = `
	al ak az ar co ct de fl ga hi id il ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd
	tn tx ut vt va wa wv wi wy dc ab bc mb nb nl ns on pe qc sk nsw vic qld tas act`;
