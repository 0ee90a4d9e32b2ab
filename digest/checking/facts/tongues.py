"""How a text's language is known by its smallest words and by its letters, as data.

The words are the commonest of each language that mean little by themselves: whoever writes three
sentences uses a dozen of them, whatever he writes about.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = {
    # Germanic
    "en English": "the of and to in a is that it for on with as are was this be by at from have "
    "or an not you we they which but has can will their your our if were been there would what "
    "when how its about who had so do he she his her i my no up out all one more",
    "de German": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine "
    "als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über "
    "einen so zum war haben nur oder aber vor zur bis mehr durch man wir ich ihr kann wenn diese",
    "nl Dutch": "de het een en van in is dat op te zijn voor met die niet aan er om ook als dan "
    "maar bij of uit nog naar heeft hij ze wordt door over deze je wij we ik worden kan was geen "
    "meer werd tot hebben dit waar hun",
    "af Afrikaans": "die en van in is het dat nie te vir op om met was wat sy hy aan as ek by "
    "word ook sal deur hulle ons kan haar uit of wees se daar so maar",
    "sv Swedish": "och i att det som en på är av för med den till inte har de om ett var han men "
    "jag från så vi kan nu när eller ut också efter skulle vid hade hur sin under bara blir alla "
    "mycket detta man finns",
    "da Danish": "og i at det er en til på som af for med de ikke den der et har om var jeg vi "
    "fra men så kan han sig hvor skal eller også ud være når vil efter blev mere alle bliver "
    "deres noget man havde",
    "nb Norwegian": "og i det er på en til som av for med at de ikke den har om et var jeg vi fra "
    "men så kan han seg hvor skal eller også ut være når vil etter ble mer alle blir noe man "
    "hadde dette",
    "nn Norwegian": "og i det er på ein til som av for med at dei ikkje den har om eit var eg vi "
    "frå men så kan han seg kor skal eller også ut vere når vil etter vart meir alle blir noko",
    "is Icelandic": "og að í á er sem til við um af en með það var hann ekki fyrir því þess þá "
    "hún eru ég frá hafa þegar eða hefur upp þeir vera",
    # Romance
    "fr French": "de la le et les des en un une du est que dans qui pour au par plus pas sur ce "
    "se ne avec il sont aux ou à son cette mais nous vous je on comme ses été fait leur d l qu c "
    "n s être elle ont tout même si leurs où ces",
    "es Spanish": "de la que el en y a los del se las por un para con no una su al lo como más "
    "pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde "
    "quien desde todo nos es son ser fue está eso nuestro",
    "pt Portuguese": "de a o que e do da em um para com não uma os no se na por mais as dos como "
    "mas ao ele das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre "
    "depois sem mesmo aos seus você é são foi está ser nas",
    "it Italian": "di e il la che è un per in non una con del si da i le al dei come più nel "
    "della sono ma anche o gli alla ha questo lo dal su se ci delle questa essere dalla l nella d "
    "perché degli quando sul tutti cui mi",
    "ca Catalan": "de la i que el a en un per amb les els del és una no al es com més va dels pel "
    "seu o ha són aquest aquesta ser però si d l s tot molt fins han entre ens també perquè hi",
    "gl Galician": "de a e o que do da en os un para con non unha no se na por máis as dos como "
    "pero ao das á súa seu ou cando moi nos xa tamén pola polo ata isto ela é son foi está ser nas",
    "ro Romanian": "și de în a la cu pe din o că nu un ca care mai este pentru sau al se sunt au "
    "fi ale fost prin ce dar lui după fără către ei dintre am va să între iar doar această acest "
    "le ne lor",
    # Celtic, Basque, Albanian, Maltese
    "cy Welsh": "y yr a ac yn o i ar am gan gyda mae oedd ei eu ein wedi bod sydd r na ond fel "
    "hyn hefyd at wrth mewn un nid sy fod ni cael dros dyma",
    "ga Irish": "an na agus a ar i is go ag le sé do bhí ní tá sin de air mar atá leis nó sí ach "
    "don faoi chun seo iad bhfuil féin gur nach ina",
    "eu Basque": "eta da ez bat ere du dira bere dute izan egin baina hau zen edo beste duen den "
    "dela baino dituzte zuen egiten horrek gure zer behar hori oso",
    "sq Albanian": "të e në dhe për me i një që nga nuk u së është si më do por ka ishte ose këtë "
    "tij janë kjo duke edhe ai saj ky pas pa kanë",
    "mt Maltese": "li u ta il ma f fil għal minn huwa din dan kien kienet jew bħal mill tal biex "
    "lil hija meta iktar dawn",
    # Slavic, in Latin letters
    "pl Polish": "w i na z do się nie że to o jest jak po a od za przez są dla oraz ale co być "
    "już tym tylko tego ich jego może który które która przy czy było lub także ze więc był jej "
    "ma można pod nad",
    "cs Czech": "a se v na je že s z do o to i k ve pro za by ale si po jako nebo jsou od které "
    "který tak jen co při byl být už jeho až bylo není také než mezi ze však která podle jsem jsme",
    "sk Slovak": "a sa v na je že s z do o to i k vo pre za by ale si po ako alebo sú od ktoré "
    "ktorý tak len čo pri bol byť už jeho až bolo nie tiež než medzi zo však ktorá podľa som sme",
    "sl Slovenian": "in je v na se da za so ki z s pa tudi ne po pri od ali kot bi še bil ni o "
    "ter kako bo do tem samo ima ga pred lahko zaradi ko to",
    "hr Croatian": "i je u na se da su za od s a ne o kao koji što to ili bi iz koja sa po nije "
    "također samo ali te kako biti do bio koje sve može prema još pri više nakon svoje ima",
    # Baltic, Finnic, Hungarian, Turkic
    "lt Lithuanian": "ir į iš kad yra su tai kaip bet ar buvo jo apie nuo jis dėl po prie per o "
    "jų už tik ne dar taip savo gali arba jau būti jei kurie labai",
    "lv Latvian": "un ir ar no uz par kas ka tas lai bija arī pie pēc vai kā to bet viņš savu nav "
    "gan tā būt ja līdz var jo tikai kuri tiek šo ļoti",
    "et Estonian": "ja on ei et see ka oli mis kui ta oma või aga ning ma siis seda kes ole nii "
    "mida välja veel selle pärast kuid nende juba üle olid tema nagu väga",
    "fi Finnish": "ja on ei että se oli myös hän kun mutta ovat tai kuin joka niin jos sen voi "
    "ole mitä vain mukaan sekä jo olla vielä ne nyt jotka ollut sitä kanssa tämä minä hänen kuten",
    "hu Hungarian": "a az és hogy nem is egy ez meg csak el de már van volt mint ha még ki mert "
    "be azt vagy kell le sem ezt lehet fel pedig úgy között után ami olyan amely minden nagyon",
    "tr Turkish": "ve bir bu da de için ile çok olarak daha gibi en olan ne ama kadar sonra var "
    "değil o ise her ya mi veya yok ki olduğu tarafından ben şey iyi kendi hem biz",
    "az Azerbaijani": "və bir bu da də üçün ilə çox olaraq daha kimi ən olan nə amma qədər sonra "
    "var deyil o isə hər ya edir edən onun bütün haqqında həm biz",
    # elsewhere, in Latin letters
    "id Indonesian": "yang dan di dengan untuk ini dari dalam tidak itu pada akan adalah ke juga "
    "oleh dapat karena sebagai atau bisa telah ada mereka kita lebih kami saat bagi kepada sudah "
    "tersebut anda serta saya secara",
    "vi Vietnamese": "và của là có được cho không một trong các người với những đã này để khi từ "
    "đến như về cũng tại ra vào sẽ nhiều trên bị theo làm phải còn thì hơn rất nó",
    "tl Filipino": "ang ng sa na at mga ay ko ito si hindi para may kung niya siya ni mo naman "
    "lang nang nila isang dahil ba rin pa din kanyang ako kanilang bawat",
    "sw Swahili": "ya na wa kwa ni katika la za kuwa hii cha au kama yake hiyo huo baada hizo wao "
    "watu moja sana pia lakini ili hivyo vya kila",
    "eo Esperanto": "la de kaj en estas al por ne kun ke oni li mi ĝi sed ili kiel aŭ pri pli tio "
    "ĉi por per el ĉiu kiu tiu kiuj sia estis",
    # Slavic, in Cyrillic letters
    "ru Russian": "и в не на что с по как это из к для у от за он а но все так о же было бы "
    "только или мы я его уже если еще при их быть есть был когда до может она вы том также "
    "которые чтобы они этого",
    "uk Ukrainian": "і в не на що з та у для до від як це за про й або але його є ми я бути які "
    "також він щоб вже якщо ще при їх був коли може вона ви тому так через під між ці лише",
    "be Belarusian": "і ў не на што з па як гэта да для у ад за пра але яго ён каб або мы я быць "
    "якія таксама ужо калі яшчэ пры іх быў можа яна вы так праз пад між толькі",
    "bg Bulgarian": "и на да се в за от е с не са по че като това но до или си ще как при което "
    "който които може има са бъде след само между през му още във към са беше",
    "mk Macedonian": "и на да се во за од е со не не се дека како ова но до или ќе при кои кој "
    "која може има биде по само меѓу му уште кон беше сите што",
    "sr Serbian": "и је у на се да су за од с а не о као који што то или би из која са по није "
    "само али те како бити до био које све може према још при више након",
    # in Arabic letters
    "ar Arabic": "في من على إلى أن عن التي الذي هذا هذه مع كان لا ما أو بين كل بعد ذلك قد كما لم "
    "حيث هو هي إن ثم عند كانت غير وقد لكن خلال و",
    "fa Persian": "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز شد ما می هر یا شده "
    "بود باید دیگر های اما آنها کند شود ها دارد",
    "ur Urdu": "کے کی میں ہے اور سے کا کو اس یہ کہ ہیں پر نے بھی ایک نہیں کر تھا ہو جو گیا تو ان "
    "لیے وہ کیا رہے ساتھ",
    # in Devanagari
    "hi Hindi": "के में है की और से का को इस यह कि हैं पर ने भी एक नहीं कर था हो जो गया तो उन लिए "
    "वह क्या रहे साथ या ही",
    "mr Marathi": "आणि आहे या हे व ते तर की होते नाही मध्ये असे आहेत हा ही मी एक करण्यात होता "
    "केली त्या साठी पण",
    "ne Nepali": "र को छ मा यो गर्ने हो लागि पनि छन् एक भएको गर्न हुने तथा भने थियो गरेको नेपाल यस",
}  # fmt: skip

WORDS: Final = {key.split()[0]: tuple(words.split()) for key, words in _WORDS.items()}

# Languages that share most of their small words: a few lines do not tell them apart.
_ALIKE: Final = (
    "nb nn no da",
    "hr bs sr sh cnr",
    "cs sk",
    "id ms",
    "pt gl",
    "nl af",
    "hi ne mr",
    "tl fil",
    "tr az",
    "bg mk",
    "fa prs",
)

# Letters, from the first to the last, and the language that they are read as where no word tells.
SCRIPTS: Final = {
    "Latin": ("A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ", ""),
    "Cyrillic": ("Ѐ-ԯ", ""),
    "Arabic": ("ؠ-ي٠-ۿݐ-ݿ", ""),
    "Devanagari": ("ऀ-ॿ", ""),
    "Greek": ("Ͱ-Ͽἀ-῿", "el"),
    "Hebrew": ("א-ת", "he"),
    "Thai": ("ก-๎", "th"),
    "Hangul": ("가-힣ᄀ-ᇿ", "ko"),
    "Kana": ("ぁ-ヿ", "ja"),
    "Han": ("一-鿿㐀-䶿", "zh"),
    "Bengali": ("ঀ-৿", "bn"),
    "Tamil": ("஀-௿", "ta"),
    "Telugu": ("ఀ-౿", "te"),
    "Georgian": ("Ⴀ-ჿ", "ka"),
    "Armenian": ("԰-֏", "hy"),
    "Amharic": ("ሀ-፿", "am"),
}

# What languages are written in, where that is not Latin letters alone.
_WRITTEN: Final = {
    "Cyrillic": "ru uk be bg mk sr kk ky tg mn tt ba cv uz az bs sah os",
    "Arabic": "ar fa ur ps ckb ku sd ug arz prs az",
    "Devanagari": "hi mr ne sa kok mai",
    "Greek": "el grc",
    "Hebrew": "he yi iw",
    "Thai": "th",
    "Hangul": "ko",
    "Kana": "ja",
    "Han": "zh ja ko yue wuu",
    "Bengali": "bn as",
    "Tamil": "ta",
    "Telugu": "te",
    "Georgian": "ka",
    "Armenian": "hy",
    "Amharic": "am ti",
    "Latin": "sr kk uz az bs ku tt mn",
}
_CODES: Final = {"latn": "Latin", "cyrl": "Cyrillic", "arab": "Arabic"}


def scripts_of(language: str) -> frozenset[str]:
    """Return the scripts that a language is written in, by their names in `SCRIPTS`.

    >>> sorted(scripts_of("sr-Latn")), sorted(scripts_of("ja")), sorted(scripts_of("cy"))
    (['Latin'], ['Han', 'Kana'], ['Latin'])
    """
    main, *more = language.lower().split("-")
    told = [_CODES[part] for part in more if part in _CODES]
    known = told or [script for script, tags in _WRITTEN.items() if main in tags.split()]
    return frozenset(known or ["Latin"])


def alike_to(language: str) -> frozenset[str]:
    """Return the languages that a few lines do not tell from a language, itself among them."""
    main = language.lower().partition("-")[0]
    return next((frozenset(g.split()) for g in _ALIKE if main in g.split()), frozenset([main]))


def is_known(language: str) -> bool:
    """Tell whether a text in a language can be told from others: its words or letters are here."""
    return any(tag in WORDS for tag in alike_to(language)) or scripts_of(language) != {"Latin"}


NAMES: Final = {key.split()[0]: key.split()[1] for key in _WORDS} | {
    "el": "Greek", "he": "Hebrew", "th": "Thai", "ko": "Korean", "ja": "Japanese",
    "zh": "Chinese", "bn": "Bengali", "ta": "Tamil", "te": "Telugu", "ka": "Georgian",
    "hy": "Armenian", "am": "Amharic",
}  # fmt: skip
