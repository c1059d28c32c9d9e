"""English words that are also names of companies: alone, such a word says little about who is meant."""

from __future__ import annotations

COMMON_WORDS = frozenset(
    """
    able accent access accord ace acorn act active adage adapt advance affirm agile air alarm alert align alliance
    allied ally alpha alpine alto amber american amp anchor angel angle answer anthem apex apollo apple apply arc
    arch archer arena arm armor arrow art ascend ash aspect aspen aspire asset assist assure atlas atom august
    aurora avenue axis badge balance ball bamboo band bank banner bar bare base basic bay beacon beam bear bee
    bell belt bend benefit best beta better beyond big bill birch bird bite black blade blend blink block bloom
    blossom blue board boat body bold bolt bond book boost boot border boss bounce bound bow box brace brain
    branch brand brass brave bread break breeze brick bridge bright bring british broad brook brown brush bubble
    buffer build bull bumble burn bus business butter button buy cable cake call calm camp canadian canal candid
    candle canopy canvas cap cape capital card care cargo carrot carry cart cascade case cash cast castle cat
    catalyst cause cedar cell center central chain chair challenge champion chance change channel charge charm
    chart chase check cheer cherry chief chime chinese choice chorus circle citadel citizen city claim class clean
    clear clever click cliff climb clip clock close cloud clover club coach coast cobalt code coin cold collective
    color column comet comfort command common community compass complete compound concept concord connect constant
    contact contour control convey cool copper coral core corner cosmic cotton count country course cove cover
    craft crane creative credit creek crescent crest crew cross crown cruise crystal cube current curve custom cut
    cycle daily dash data dawn day deal dear deep deer deliver delta den deputy desert design desk dial diamond
    digital direct discord discover discovery display dock dollar domain door dot double dove dragon dream drift
    drill drive drop dune dust dynamic eagle early earth ease east easy echo eclipse edge effect eight elastic
    elate element elevate elite elm ember embrace emerald empire enable encore endeavor energy engage engine enjoy
    enterprise entrust envision envoy epic equal equator era essence essential european eve even ever everest
    evergreen everyday exact excel expand expedition explore express extra eye fabric face fair faith falcon fall
    fame family farm fast favor feather fern field fig figure file final find fine finish fire firm first fish
    five flag flame flash flat fleet flex flight flint float flock flow flower fluent fly focus fold folk food
    foot force ford forest forge form formation fort forte forum forward foundation founder fountain four fox
    frame frank free freedom french fresh friday friend front frontier fuel full function fund fuse fusion future
    gala galaxy game gap garden gate gather gem general genesis genius gentle german giant gift glacier glass
    glide globe glory glow gold golden good grab grace grain grammar grand granite grape graph grass gravity gray
    great green grid grip ground group grove grow growth guard guardian guide guild gulf habit halo hammer hand
    happy harbor harmony harness harvest haven hawk hazel head health heart hearth heat helm help hemlock herald
    heritage hero hidden high hill hinge hive hold home honest honey hood hook hope horizon hour house hub human
    humble hunt ice icon idea ideal image imagine impact impossible impulse index indian indigo infinite influence
    info ink inner insight inspire instant integral intercom international iris iron island ivory ivy jade jasper
    jet jewel join journey joy jump juniper just keen keep key keystone kind king kite knight lab lacework ladder
    lake lamp land landmark lane language lantern large lark lasso latch lattice launch laurel leaf leap learn
    ledger legacy legend lemon lemonade lens level lever liberty life lift light lighthouse like lily limit line
    link lion list live local lock loft loop lotus loud love loyal lucid lucky luminary lunar lynx mad magic
    magnet magnolia main majestic make map maple marathon marble march mark market marvel mason master match
    matter maverick max maze meadow measure medal melody memo mercury merge merit mesa mesh meta method metric
    midnight mill mind mine mint mirror mission mist mode model modern moment momentum monarch monday monument
    moon morning mosaic motion motive mount mountain move mural muse mustang name narrative nation national native
    natural nature near neat nest net network neutral never new next nexus nice night nimble noble node noon north
    notable note nothing notice notion nova novel now number nurture oak oasis object obsidian ocean octave offer
    office olive omega one onward onyx opal open optic optimal optimum option oracle orange orbit orchard orchid
    order origin outlook outpost outreach outset owl own oyster pace pacific pack page paint pair palace palm
    panel paper parable parade paragon parallel park parrot part partner party pass passage passion patch path
    patron pattern pave peach peak pearl people pepper perfect period petal phoenix phone photon pick piece pier
    pilot pine pinnacle pioneer pipe pitch pivot pixel place plaid plain plan planet plate platform play plaza
    plum plus pocket point polar polaris pole polygon pond pool pop popular port portal post power praise presence
    present press prestige prime print prism prize pro process progress project promise proof proper prospect
    proton proud public pulse pure purple pursuit push puzzle quad quail quantum quarry quartz queen quest quick
    quiet quill quilt quince quorum race rack radar radiant radical radius rain rainbow raise rally ramp ranch
    range rapid raven ray reach react ready real realm reason rebel record red reed reef reflex refresh region
    relate relay reliance relief remark remedy remote render renew resolve resource response rest restore result
    return rev reveal revolution rhythm ribbon rich ride ridge right ring ripple rise rival river rivet road robin
    rock rocket room root rope rose round route royal ruby rule rumble run rush rustic saber safari safe saga sage
    sail salt same sand sapphire saturn scale scene scholar school scope score scout script sea seal search season
    seat second secret secure see seed segment select sense sentinel sentry sequel serene series serve service set
    seven shade shape share sharp shed shell shelter shield shift shine ship shop shore short sign signal
    signature silk silver simple single six sketch skill sky slack slate sleep slide slope small smart smile
    smooth snap snow social solar solid solo solution solve sonder sonic soul sound source south space spark
    sparrow spectrum speed sphere spin spiral spire spirit splash split spoke spot spring sprint sprout spruce
    square stack stadium staff stage stand standard star start state station stay steady steel steep stellar stem
    step stitch stock stone store storm story strata strategy stream street strength stride strike string stripe
    strong studio style suburb success sugar suite summit sumo sun sunday sunrise super supply sure surf surge
    swallow sweet swift swing switch symbol synergy system table tackle tag talent talk tall tandem tap target
    task taste team tell temple tempo ten tender tenet terra terrace test text theory thing think thread three
    thrive thunder ticket tide tiger tile timber time titan toast today together token tomorrow tone tool top
    torch total touch tower town track trade trail train transfer transit travel treasure tree trek trend tribe
    trident trill trim trinity trip triumph true trust truth tulip tune turbine turn turtle twelve twin twist two
    ultra umbrella under uniform union unique united unity universal university up upland upper upstart uptake
    urban useful valence valiant valley valor value vanguard vantage variety vast vault vector velocity velvet
    venture venue verb verge verse vertex very vessel vest vibe vibrant victor victory view villa village vine
    vintage violet virtue visa visible vision vista vital vivid voice volt voyage walk wall walnut want ward warm
    watch water wave way wealth weather web wed weekday well west whale wheel whisper white whole wild willow win
    wind window wing winter wire wisdom wise wish wolf wonder wood word work world worth yard year yellow yes
    yield yonder young zeal zebra zen zenith zero zest zip zone zoom
    """.split()
)

DESCRIPTORS = frozenset(
    """
    airlines airways analytics bank brands capital communications consulting energy entertainment financial foods
    foundation global group health industries insurance international labs limited logistics media messenger motor
    motors networks partners pharma pharmaceuticals platforms robotics services software solutions stores studios
    systems technologies technology therapeutics ventures
    """.split()
)
"""What a company is called after its name: "Uber Technologies" is Uber."""

EMPTY_REMAINDERS = frozenset(
    """
    advanced african american asian atlantic australian british canadian central chinese digital eastern european first
    french general german global indian international italian japanese national new northern pacific royal russian
    southern spanish standard swiss the united universal western world
    """.split()
)
"""What is left of a name without its descriptors ("American" Airlines) and means nobody."""

PLACES = frozenset(
    """
    africa america americas asia australia austria belgium benelux brazil britain bulgaria canada china croatia
    czechia dach denmark dubai emea england estonia europe finland france germany greece headquarters holland hungary
    iberia india indonesia international ireland israel italy japan korea latam latvia lithuania london luxembourg
    malaysia mexico netherlands nigeria nordics norway oceania pakistan philippines poland portugal romania russia
    scandinavia scotland serbia singapore slovakia slovenia spain sweden switzerland taiwan thailand turkey ukraine
    usa vietnam wales worldwide
    """.split()
) | {"hong kong", "new york", "new zealand", "saudi arabia", "south africa", "united kingdom", "united states"}
"""What a CRM writes in brackets behind a name to tell a branch: no name of the company."""
