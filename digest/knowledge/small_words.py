"""Holds the words of each label language that only lead to what follows them, as data.

Written down by hand and held against the Universal Dependencies treebanks: a word stands here where
it leads on in most of the places in which it was met. What may as well end a phrase ("before",
"por que", a verb of its own) is left out. Languages that mark such things at the end of a word
(Japanese, Chinese, Thai) have none.
"""

from __future__ import annotations

from typing import Final

# Behind these the very next word may not end a phrase either: "on a full…".
ARTICLES: Final = {
    "en": "the a an",
    "de": "der die das den dem des ein eine einen einem einer eines",
    "fr": "le la les un une des du",
    "es": "el la los las un una unos unas",
    "it": "il lo la i gli le un uno una",
    "pt": "o a os as um uma uns umas",
    "nl": "de het een",
    "sv": "en ett",
    "da": "en et",
    "nb": "en et ei",
    "cy": "y yr 'r",
    "ca": "el la els les un una uns unes",
    "ro": "un o unei unui",
    "el": "ο η το οι τα του της των τον την τη τους τις ένας μια μία ένα έναν",
    "hu": "a az egy",
}

# Conjunctions, prepositions, auxiliaries, and words that belong to a noun. Behind an apostrophe the
# rest of a word counts: "d'une", "they're", "farmer's".
LEADING: Final = {
    "en": "of and or nor to in on at for with by from as is are was were be been has have had "
    "that which who whose whom this these those our your their his her its my but if than into "
    "onto not no so because when while where whether although until unless since during under "
    "between among against towards toward through throughout within without upon per via despite "
    "across according including due only other every each some any very more most both either "
    "neither will would can could should may might must do does did cannot we i you he they it "
    "there full tend tends seem seems want wants need needs try tries used able unable going "
    "about over like such all another even 's 're 've 'll 'd 'm 't",
    "de": "und oder sowie sondern denn in im ins am an ans auf mit von vom zu zum zur für bei "
    "beim aus nach über unter um ohne gegen durch bis vor seit während wegen zwischen gegenüber "
    "laut trotz statt neben hinter ob dass weil wenn als wie nachdem bevor obwohl sodass damit "
    "indem ist sind war waren wird wurde wurden werden kann könnte können muss müssen soll sollte "
    "würde nicht kein keine keinen keiner sehr mehr nur auch sowohl weder entweder ihr ihre ihren "
    "ihrem ihrer ihres sein seine seinen seinem seiner seines mein meine unser unsere unserer "
    "dieser diese dieses diesem diesen jeder jede jedes jedem jeden viele vieler einige einiger "
    "mehrere alle aller welche welcher welches so aber doch jedoch hat pro außerhalb innerhalb",
    "fr": "de et ou ni à au aux en dans pour par sur sous avec sans entre vers chez contre depuis "
    "pendant durant selon malgré dès jusque qui que dont où quand lorsque si puisque parce car "
    "tandis comme mais donc est sont était étaient fut furent sera seront soit ont a avait "
    "avaient ne pas plus très trop son sa ses leur leurs notre nos votre vos mon ma mes ton ta "
    "tes ce cet cette ces chaque quelques plusieurs aucun aucune quel quelle quels quelles tout "
    "tous toutes il elle ils elles on nous je se y",
    "es": "de del y e o u ni a al en por para con sin sobre entre desde hasta hacia según contra "
    "durante mediante bajo tras ante que quien cuando donde aunque porque pues mientras si como "
    "cuyo cuya sino su sus mi mis tu tus nuestro nuestra nuestros nuestras es son era eran fue "
    "fueron ha han había habían está están estaba puede pueden debe deben no más muy pero este "
    "esta estos estas ese esa esos esas aquel aquella cada varios varias algunos algunas muchos "
    "muchas otro otra otros otras cualquier ningún ninguna tan se lo le nos",
    "it": "di e ed o a ad al allo alla ai agli alle in nel nello nella nei negli nelle per con da "
    "dal dallo dalla dai dagli dalle del dello della dei degli delle su sul sullo sulla sui sugli "
    "sulle tra fra senza verso durante dopo contro che chi cui quando dove mentre perché poiché "
    "se come è sono era erano fu furono ha hanno aveva viene vengono può possono deve devono non "
    "più molto suo sua suoi sue loro nostro nostra questo questa questi queste quel quella quei "
    "quegli quelle ogni alcuni alcune molti molte altri altre ma anche si ci fino essere presso "
    "stato sia sotto oltre lungo secondo tramite intorno",
    "pt": "de do da dos das e ou nem a ao à aos às em no na nos nas num numa por pelo pela pelos "
    "pelas para com sem sob sobre entre até desde durante contra após ante perante conforme "
    "segundo que quem cujo cuja quando onde enquanto embora porque pois se como é são era eram "
    "foi foram será ser está estão tem têm tinha pode podem deve devem vai vão não mais muito "
    "muita muitos muitas tão seu sua seus suas meu minha nosso nossa nossos nossas este esta "
    "estes estas esse essa esses essas aquele aquela deste desta destes destas desse dessa neste "
    "nesta nesse nessa cada todo todos toda todas qualquer algum alguma alguns algumas vários "
    "várias outro outra outros outras nenhum nenhuma mas porém também ainda",
    "nl": "van en of te in op aan voor met bij uit naar over om door als tot onder tussen tegen "
    "zonder tijdens sinds binnen buiten rond per via volgens ondanks wegens vanaf naast is was "
    "zijn wordt worden werd werden kan kunnen zou zouden zal zullen moet moeten had dat die dit "
    "deze niet geen maar want dus omdat wanneer terwijl hoewel zodat waar wie welke elke elk alle "
    "enkele sommige hun haar mijn ons onze uw zo zeer meer nog ook het er",
    "pl": "i oraz a lub albo czy ani w we z ze na do od ode dla o po przez przy pod nad przed za "
    "między pomiędzy bez u wobec wśród wokół około podczas poza mimo pomimo dzięki według ponad "
    "jest są był była było były będzie będą być został została zostało zostały nie że żeby aby by "
    "gdy gdyby kiedy jeśli jeżeli bo ponieważ gdyż choć chociaż ale jednak jak jako niż który "
    "która które których którego której którym którzy ten ta te tego tej tych tym swój swoja "
    "swoje swojego swojej swoich swoim jego ich każdy każda każde kilka wiele wielu bardzo "
    "bardziej tylko również także się to co nawet zamiast spośród zarówno",
    "sv": "och eller i på av till för med från om under vid efter mot mellan över hos åt per "
    "genom utan inom utanför före längs trots enligt sedan är var har hade kan kunde ska skall "
    "skulle vill ville måste bör får fick blir blev att som inte än men när där medan eftersom "
    "innan fast huruvida den det de denna detta dessa sin sitt sina min mitt mina din vår vårt "
    "våra er deras hans hennes varje någon något några ingen inget inga alla många mycket mer "
    "mest så både varken",
    "da": "og eller i på af til for fra med om under ved efter mod mellem over hos ad per gennem "
    "uden inden langs trods ifølge er var har havde kan kunne skal skulle vil ville må måtte bør "
    "bliver blev at som der ikke end men når hvor mens fordi da hvis før den det de denne dette "
    "disse sin sit sine min mit mine din vores jeres deres hans hendes hver hvert nogle nogen "
    "ingen alle mange meget mere mest så både",
    "nb": "og eller i på av til for fra med om under ved etter mot mellom over hos per gjennom "
    "uten innen langs tross ifølge blant er var har hadde kan kunne skal skulle vil ville må "
    "måtte bør blir ble at å som der ikke enn men når hvor mens fordi da hvis før den det de "
    "denne dette disse sin sitt sine si min mitt mine din vår vårt våre deres hans hennes hver "
    "hvert noen noe ingen alle mange mye mer mest så både være andre vært via utenfor samme",
    "cy": "a ac neu i o yn ym yng ar am gan gyda at wrth mewn bod mae oedd roedd ei eu ein eich "
    "fy dy er ers dros tros drwy trwy heb rhwng hyd tan cyn ag â na nad nid os pan fel mai taw pa "
    "pob ond oherwydd tua sy fe 'n 'i 'u 'w 'ch 'm wedi oddi megis tuag ledled ger ynglŷn erbyn",
    "fi": "ja sekä tai eli että jotta kun jos koska vaikka mutta vaan eikä kuin joka jotka jonka "
    "jota jossa mikä on oli ovat olivat olisi ole ollut ei eivät en emme voi voisi voivat pitää "
    "pitäisi täytyy saa ennen ilman kohti pitkin ympäri lähellä hyvin erittäin",
    "cs": "a i ani nebo či v ve z ze s se k ke na do od po o u při před pro přes pod nad mezi bez "
    "za podle během kolem kvůli díky proti kromě vedle oproti je jsou byl byla bylo byly být bude "
    "budou není ne že aby když kdyby pokud zatímco protože jelikož než ale však jako jak který "
    "která které kterou kteří kterého kterých jeho její jejich svůj svou své svého svých tento "
    "tato toto tyto této tomto těchto ten ta ty každý každá několik mnoho velmi až jen by to což "
    "nebyl avšak tomu jsem tohoto",
    "el": "και κι ή είτε ούτε σε στο στη στην στον στους στις στα από με για ως προς κατά μετά "
    "μεταξύ μέχρι έως χωρίς υπό επί περί παρά αντί μέσω λόγω εναντίον ότι πως που όταν αν εάν ενώ "
    "επειδή διότι γιατί ώστε αφού αλλά όμως δεν μη μην να θα ας είναι ήταν έχει έχουν είχε είχαν "
    "μπορεί πρέπει κάθε αυτός αυτή αυτό αυτές πολύ πιο όπως όποιος οποίος οποία οποίο οποίες",
    "tr": "ve veya ya ile ki ama fakat ancak çünkü eğer bir bu şu o her hiçbir bazı birçok birkaç "
    "tüm bütün çok daha en hem ne diğer yani için",
    "he": "של את על אל עם כי בין אבל אך אולם עד כדי או אם כמו לפני אחרי לאחר אשר ללא בלי בתוך "
    "בגלל בעקבות לפי לאורך תחת נגד כל מכל כאשר היה היתה הייתה היו יהיה הוא היא לא אין יש אינו "
    "אינה מאוד יותר גם רק זה זו מן",
    "ar": "في من على إلى عن مع بين بعد قبل منذ حتى خلال عند حول ضد تحت فوق عبر أمام داخل دون مثل "
    "غير و أو ثم بل لكن أن إن بأن لأن إذا عندما حيث كما لو قد وقد لم لن لا ما هل كان كانت كانوا "
    "يكون ليس وفي ومن وعلى وإلى ومع وكان وكانت ولا ولم وأن وبين التي الذي الذين هذا هذه ذلك تلك "
    "كل بعض أي جميع معظم أحد إحدى",
    "fa": "و در به از که با برای بر تا یا اما ولی اگر چون زیرا بدون درباره توسط طی تحت هر هیچ این "
    "آن همین همان چه نیز هم بسیار یک باید نباید می‌تواند می‌توان مانند علیه",
    "hi": "और या एवं तथा कि जो जब जहाँ जहां अगर यदि लेकिन पर मगर बल्कि क्योंकि एक यह ये वह इस उस "
    "इन उन हर कई कुछ कोई बहुत केवल सिर्फ लगभग न नहीं अपने अपनी अपना",
    "id": "yang dan atau di ke dari pada kepada untuk dengan dalam oleh sebagai tentang terhadap "
    "antara bagi per tanpa hingga sampai sejak selama setelah sebelum ketika saat karena jika "
    "kalau bahwa agar supaya sehingga tetapi tapi namun serta maupun daripada seperti adalah "
    "ialah akan telah sudah sedang masih dapat bisa harus tidak bukan belum sangat lebih paling "
    "para sebuah seorang suatu setiap semua seluruh beberapa banyak",
    "ru": "и а но или либо ни в во на с со к ко у о об от до из за для по под над при про через "
    "между перед без из-за после около вокруг среди против кроме вместо благодаря ради что чтобы "
    "как когда если хотя пока потому поскольку где который которая которое которые которого "
    "которой которых чем не бы был была было были будет будут есть этот эта это эти этого этой "
    "этих свой своя своё свое свои своего своей своих его её ее их мой наш наша наши каждый "
    "каждая все весь такой такая такие очень более самый самая лишь только также",
    "uk": "і й та а але чи або ні в у на з із зі до к від од для по під над при про через між "
    "перед без за після біля навколо серед проти крім замість завдяки заради що щоб як коли якщо "
    "хоча хоч поки бо тому оскільки де який яка яке які якого якої яких ніж не би б був була було "
    "були буде будуть є цей ця це ці цього цієї цих свій своя своє свої свого своєї своїх його її "
    "їх мій наш наша наші кожен кожна всі весь такий така такі дуже більш лише тільки також щодо "
    "інших то протягом яким хто ані нашого внаслідок",
    "ro": "de din la în într-un într-o într cu fără pe pentru prin spre către despre după până "
    "peste sub asupra între dintre printre contra împotriva deasupra și sau ori dar însă iar ci "
    "că să dacă când unde deși deoarece fiindcă încât care ce cum ca al a ale ai cel cea cei cele "
    "nu e este sunt era erau fi fost fiind s-a s-au am are au avea ar va vor poate pot trebuie "
    "acest această acești aceste acel acea fiecare orice multe mulți unele unii alte alți toate "
    "toți foarte mai și-a dintr-un dintr-o printr-un printr-o",
    "hu": "és s vagy illetve valamint de hogy ha mert mivel bár hiszen amikor míg mint aki akik "
    "ami amely amelyek azonban pedig hanem sem nem nagyon több minden mindkét sok néhány egyik",
    "ca": "de del dels i o ni a al als en amb per pel pels sense sobre entre des fins cap segons "
    "contra durant sota davant que qui quan on mentre encara perquè si com és són era eren ha han "
    "havia havien va van pot poden no més molt seu seva seus seves meu meva nostre nostra aquest "
    "aquesta aquests aquestes aquell aquella cada alguns algunes molts moltes altres però es s hi",
    "ko": "및 또는 그리고 하지만 그러나 혹은 이 그 저 한 두 세 더 가장 매우 아주 각 모든 "
    "여러 다른 새 첫 약 안 못",
    "vi": "và hoặc hay nhưng mà của cho với ở trong trên dưới ngoài từ đến tới vào về bằng do bởi "
    "vì nên để thì là rằng khi nếu dù tuy như các những một mọi mỗi mấy vài nhiều rất không chưa "
    "đã đang sẽ bị được phải có",
}

# Words that begin a clause: where little of it came before the cut, it says less than nothing.
OPENING: Final = {
    "en": "where which who whom whose because when while although though whether unless until",
    "de": "wo weil wenn dass obwohl während ob damit bevor nachdem sodass",
    "fr": "où qui dont quand lorsque parce puisque quoique pendant",
    "es": "donde quien quienes cuando porque aunque mientras",
    "it": "dove chi quando perché mentre sebbene",
    "pt": "onde quem quando porque enquanto embora",
    "nl": "waar omdat wanneer terwijl hoewel zodat",
    "pl": "gdzie który która które których kiedy gdy ponieważ chociaż żeby aby jeśli",
    "sv": "där eftersom när medan fastän huruvida innan",
    "da": "hvor fordi når mens selvom hvis",
    "nb": "hvor fordi når mens selv hvis",
    "fi": "joka jotka jossa koska vaikka kun jotta",
    "cs": "kde který která které protože když zatímco aby pokud",
    "el": "όπου όταν επειδή ενώ διότι ώστε εφόσον",
    "id": "ketika karena jika sehingga meskipun agar",
    "ru": "где который которая которое которые когда если хотя чтобы пока",
    "uk": "де який яка яке які коли якщо хоча щоб поки",
    "ro": "unde care când deoarece deși dacă încât",
    "hu": "ahol amely amelyek aki amikor mert mivel hogy",
    "ca": "on qui quan perquè mentre encara",
}
