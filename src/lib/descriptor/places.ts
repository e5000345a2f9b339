/** Places of one word that card networks print after a merchant's name. None that is as well known as a brand or a thing. */

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
	akron alameda albany alexandria alhambra allentown amarillo anchorage annapolis appleton ashburn asheville
	athens bakersfield beaumont beaverton bellingham bethesda bethlehem billings binghamton bismarck bloomington
	bothell boulder bozeman bradenton bridgeport brockton brookline brownsville burbank camden canton carlsbad
	carrollton cary champaign chandler charleston chattanooga chesapeake cheyenne clarksville clearwater clifton
	corvallis covington danbury danville davenport dayton dearborn decatur deltona denton downey duluth durham elgin
	elkhart elmhurst encinitas escondido eugene evanston evansville everett fairfax fairfield fargo fayetteville
	flagstaff flint flushing fontana framingham frederick fremont fullerton gainesville gaithersburg galveston
	glendale goleta greeley greensboro greenville gresham hackensack harrisburg hartford hayward henderson herndon
	hialeah hillsboro hollywood hoover huntsville inglewood issaquah janesville joliet joplin kalamazoo kennewick
	kenosha killeen kirkland kissimmee lafayette lakeland lansing laredo leesburg lexington livermore livonia lorain
	lubbock lynchburg lynnwood macon malden manassas mckinney midland milpitas missoula modesto montclair montgomery
	morgantown murfreesboro murrieta nampa naperville nashua newark norfolk norwalk novato odessa ogden olathe
	olympia oshkosh oxnard palmdale parsippany passaic paterson pearland pensacola petaluma pflugerville pleasanton
	pomona pontiac poughkeepsie provo pueblo puyallup quincy redding redlands redmond renton reston rialto
	richardson richmond riverside roanoke rochester rockford rockville roseville roswell salinas sarasota schaumburg
	schenectady scranton shreveport skokie southfield springfield stamford stockton syracuse tallahassee temecula
	tempe tigard toledo topeka torrance trenton tualatin tuscaloosa tustin utica vacaville vallejo valparaiso
	ventura waco waltham warwick waterbury waukesha wheaton whittier wilmington woburn worcester yakima yonkers
	yorktown youngstown
	toronto montreal vancouver calgary edmonton ottawa winnipeg mississauga hamilton quebec surrey halifax burnaby
	markham brampton saskatoon regina kelowna victoria
	sydney melbourne brisbane perth adelaide canberra hobart darwin geelong parramatta wollongong
	auckland wellington christchurch dunedin tauranga hamilton
	mumbai delhi bengaluru bangalore hyderabad chennai kolkata pune ahmedabad jaipur gurgaon gurugram noida lucknow kochi
	tokyo osaka kyoto nagoya yokohama sapporo fukuoka kobe singapore 東京 大阪 京都 名古屋 横浜`;

/** Places of two words, separated by commas. */
export const citiesOfTwo = `
	alice springs, ann arbor, arlington heights, bad homburg, baton rouge, bay city, beverly hills, boca raton,
	bonita springs, bowling green, boynton beach, broken arrow, brooklyn park, buenos aires, cape coral,
	carson city, castle rock, cedar hill, cedar park, cedar rapids, chapel hill, cherry hill, chula vista,
	citrus heights, college park, college station, colorado springs, coral gables, coral springs, corpus christi,
	costa mesa, cranberry township, culver city, daly city, daytona beach, delray beach, den bosch, den haag,
	des moines, des plaines, east lansing, eau claire, eden prairie, el cajon, el monte, el paso, el segundo,
	elk grove, falls church, federal way, fort collins, fort lauderdale, fort myers, fort wayne, fort worth,
	foster city, ft lauderdale, ft myers, ft worth, garden grove, gold coast, grand junction, grand prairie,
	grand rapids, green bay, hermosa beach, high point, hong kong, huntington beach, idaho falls, iowa city,
	jersey city, johnson city, kansas city, kuala lumpur, la habra, la jolla, la mesa, la quinta, la rochelle,
	la spezia, lake charles, lake forest, lake oswego, las cruces, las palmas, las vegas, le havre, le mans,
	league city, little rock, long beach, los altos, los angeles, los gatos, manhattan beach, maple grove,
	menlo park, mexico city, miami beach, milton keynes, mount pleasant, mount vernon, mountain view, mt pleasant,
	mt vernon, myrtle beach, navi mumbai, new bedford, new brunswick, new delhi, new haven, new orleans,
	new rochelle, new york, newport beach, north charleston, north hollywood, north miami, north vancouver,
	north york, oak brook, oak lawn, oak park, oak ridge, oklahoma city, orland park, overland park, palm bay,
	palm beach, palm springs, palmerston north, palo alto, panama city, park city, pembroke pines, pompano beach,
	port orange, quebec city, rancho cordova, rancho cucamonga, rapid city, red deer, redondo beach, redwood city,
	reggio emilia, richmond hill, rock hill, rocky mount, round rock, royal oak, saint denis, saint louis,
	saint paul, saint petersburg, salt lake, san antonio, san bernardino, san bruno, san carlos, san clemente,
	san diego, san francisco, san jose, san leandro, san luis, san marcos, san mateo, san rafael, san ramon,
	san sebastian, sandy springs, santa ana, santa barbara, santa clara, santa clarita, santa cruz, santa fe,
	santa maria, santa monica, santa rosa, sao paulo, shaker heights, sherman oaks, silver spring, sioux city,
	sioux falls, south bend, spring hill, st albans, st catharines, st gallen, st helens, st johns, st louis,
	st paul, st petersburg, staten island, tel aviv, terre haute, texas city, thousand oaks, thunder bay,
	tinley park, union city, virginia beach, walnut creek, west chester, west covina, west hollywood,
	west lafayette, west sacramento, white plains, winston salem, winter park, woodland hills`;

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
