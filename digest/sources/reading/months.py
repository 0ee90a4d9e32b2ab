"""The names of months in other languages than English, as feeds and front matter write them.

In German, French, Spanish, Welsh, Italian, Portuguese, Dutch, Danish, Swedish, Norwegian, Polish,
Finnish, Czech, Greek, Turkish, Hebrew, Hindi, Thai, Indonesian, Russian, Ukrainian, Romanian,
Hungarian, Catalan and Arabic: CLDR's wide and short forms, without the full stop. A name that two
languages give to different months is left out, and so is one that begins as the English name does.
"""

from __future__ import annotations

# one entry a month, January first
_WORDS = (
    "ene enero gen gener gennaio ian ianuarie ion ionawr janeiro januari január janv janvier "
    "led leden ledna oca ocak sty styczeń stycznia tammi tammikuu tammikuuta ιαν ιανουάριοσ "
    "ιανουαρίου січ січень січня янв январь января בינואר בינו׳ ינואר ינו׳ يناير जनवरी जन॰ "
    "ม.ค มกราคม",
    "chw chwef chwefror febbraio febrer febrero februari februarie február fev fevereiro févr "
    "février helmi helmikuu helmikuuta lut lutego luty úno únor února şub şubat φεβ "
    "φεβρουάριοσ φεβρουαρίου лют лютий лютого февр февраль февраля בפברואר בפבר׳ פברואר פבר׳ "
    "فبراير फ़रवरी फ़र॰ ก.พ กุมภาพันธ์",
    "bře březen března maalis maaliskuu maaliskuuta maart marca maret mars mart martie marts "
    "marzec marzo març março maw mawrth mrt márc március mär märz μάρ μάρτιοσ μαρ μαρτίου бер "
    "березень березня мар март марта במרץ מרץ مارس मार्च มี.ค มีนาคม",
    "abr abril aprile aprilie avr avril dub duben dubna ebr ebrill huhti huhtikuu huhtikuuta "
    "kwi kwiecień kwietnia nis nisan ápr április απρ απρίλιοσ απριλίου апр апрель апреля квіт "
    "квітень квітня אפריל אפר׳ באפריל באפר׳ أبريل अप्रैल เม.ย เมษายน",
    "kvě květen května mag maggio mai maig maio maj maja mayo mayıs mei máj május touko "
    "toukokuu toukokuuta μάι μάιοσ μαΐ μαΐου май мая трав травень травня במאי מאי مايو मई "
    "พ.ค พฤษภาคม",
    "cze czerwca czerwiec giu giugno haz haziran iun iunie juin junho juni junio juny jún "
    "június kesä kesäkuu kesäkuuta meh mehefin červen června čvn ιουν ιουνίου ιούν ιούνιοσ "
    "июн июнь июня черв червень червня ביוני יוני يونيو जून มิ.ย มิถุนายน",
    "gor gorff gorffennaf heinä heinäkuu heinäkuuta iul iulie juil juillet julho juli julio "
    "juliol júl július lip lipca lipiec lug luglio tem temmuz července červenec čvc ιουλ "
    "ιουλίου ιούλ ιούλιοσ июл июль июля лип липень липня ביולי יולי يوليو जुलाई जुल॰ ก.ค "
    "กรกฎาคม",
    "ag ago agost agosto agu agustus août augusti augustus augusztus awst ağu ağustos elo "
    "elokuu elokuuta sie sierpień sierpnia srp srpen srpna αυγ αυγούστου αύγ αύγουστοσ авг "
    "август августа серп серпень серпня אוגוסט אוג׳ באוגוסט באוג׳ أغسطس अगस्त अग॰ ส.ค สิงหาคม",
    "eyl eylül medi septembre septembrie septiembre set setembre setembro settembre syys "
    "syyskuu syyskuuta szept szeptember wrz wrzesień września zář září σεπ σεπτέμβριοσ "
    "σεπτεμβρίου вер вересень вересня сент сентябрь сентября בספטמבר בספט׳ ספטמבר ספט׳ سبتمبر "
    "सितंबर सित॰ ก.ย กันยายน",
    "eki ekim hyd hydref loka lokakuu lokakuuta octobre octombrie octubre okt oktober október "
    "ott ottobre out outubro paź październik października říj říjen října οκτ οκτωβρίου "
    "οκτώβριοσ жовт жовтень жовтня окт октябрь октября אוקטובר אוק׳ באוקטובר באוק׳ أكتوبر "
    "अक्टूबर अक्टू॰ ต.ค ตุลาคม",
    "kas kasım lis listopad listopada listopadu marras marraskuu marraskuuta noiembrie "
    "novembre novembro noviembre tach tachwedd νοέ νοέμβριοσ νοε νοεμβρίου лист листопад "
    "листопада нояб ноябрь ноября בנובמבר בנוב׳ נובמבר נוב׳ نوفمبر नवंबर नव॰ พ.ย พฤศจิกายน",
    "ara aralık decembrie des desember desembre dez dezember dezembro dic dicembre diciembre "
    "déc décembre gru grudnia grudzień joulu joulukuu joulukuuta pro prosince prosinec rhag "
    "rhagfyr δεκ δεκέμβριοσ δεκεμβρίου груд грудень грудня дек декабрь декабря בדצמבר בדצמ׳ "
    "דצמבר דצמ׳ ديسمبر दिसंबर दिस॰ ธ.ค ธันวาคม",
)
MONTHS = {word: number for number, words in enumerate(_WORDS, 1) for word in words.split()}
"""A month's number by its name in small letters."""
