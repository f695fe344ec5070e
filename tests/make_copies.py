#!/usr/bin/env python3
"""Write the chains of coverage in testdata/copies: make_copies.py DIR

Each file is JSON Lines, a telling a row; "cluster" names the story that the telling belongs to, and no program but the test
reads it. Invented outlets, places and people; nobody else's words. A telling is made of numbered paragraphs of its story.
"""
import json
import os
import sys
from datetime import datetime, timedelta

FIRST = datetime(2024, 3, 1)

STRIKE = [
    "Tugboat crews at Port Ellery walked off the job on Monday morning, leaving eleven freighters at anchor in the roads and a queue of lorries that reached back to the ring road by noon.",
    "The seafarers' union wants a fourth hand on every boat that works at night. It says three men cannot handle a tow in the swell that has come with the new breakwater, and points to two broken arms since May.",
    "Towage company Brackwater called the demand a matter for arbitration and offered a bonus of forty crowns a shift. Talks broke up after less than an hour, both sides said.",
    "Bakers in the old town warned that flour would run short by Thursday. The mill at Orlo holds nine days of grain but has no barge to bring it down, its manager said.",
    "The port authority has asked the navy for two harbour tugs. A decision is expected after the cabinet meets on Wednesday.",
]
ORCHESTRA = [
    "The Velmar Symphony has chosen Odile Marchetti, a former bassoonist who began to conduct at the age of forty-one, as its next music director from the season after next.",
    "Players voted for her by seventy to eleven after a concert in February at which she stopped the orchestra in the second bar and started again, smiling, without a word.",
    "Her contract runs for five years and fourteen weeks in each. She has asked for one concert a month to be played in schools, hospitals and the railway repair shop at Dunmark.",
    "The orchestra lost a tenth of its subscribers during the three years in which its hall was closed for asbestos. It plays to four fifths of its seats now, according to its annual report.",
    "Marchetti succeeds Hans Oberlin, who resigned in the autumn to breed horses and has not been heard from since.",
]
GLACIER = [
    "A lake that formed under the Serrat glacier over the summer has begun to drain through a crack in the ice, and the people of two hamlets below it have been told to sleep in the church.",
    "Water in the gorge rose by a metre and a half overnight, a gauge at the lower bridge showed. Geologists believe that four fifths of the lake, some six hundred thousand cubic metres, is still there.",
    "Surveyor Benno Taggart flew over the ice on Sunday and saw the crack lengthen as he watched. He put its width at that of a cart and its length at that of a street.",
    "The valley road is closed from the sawmill upwards. Farmers may fetch their animals between eight and ten in the morning if they carry a radio.",
    "Engineers are drilling a second outlet with hot water, which has worked once before, in 1983, and failed twice.",
]
TAX = [
    "Parliament in Castria passed a tax on empty flats by a single vote early on Friday, after a sitting of nineteen hours in which two deputies fell asleep and one was carried out.",
    "Owners will pay two percent of the value of a flat that nobody has lived in for a year, and three percent from the second year on. The money goes to towns, which must spend it on rents.",
    "The finance ministry counts a hundred and twelve thousand such flats, most of them in Port Ellery and along the southern coast. Estate agents put the number at half of that.",
    "Landlords announced a complaint to the constitutional court. Their chairman said that a flat could not be taxed for what it was not.",
    "The law comes into force in July. Deputies of the governing party who voted against it were asked to see their leader.",
]
CAPTION = ("People look on as a column of brown smoke rises over the grain silos of Port Ellery, Castria, in this picture taken from the roof of the customs house "
           "on the evening of March 3, when a spark from a welding torch set fire to dust in the third silo and kept four brigades busy until dawn; the silos, "
           "which were built in 1926 and are listed as a monument, are to be shown to visitors again from this summer.")
POSTS = [
    "\"Whoever left a brown suitcase with a cello in it on the 6:40 from Dunmark, I have it, it is fine, and I have not tried to play it whatever my neighbours may say,\" station master Ruth Calder wrote on Monday in a post that was shared ninety thousand times.",
    "\"It is mine. I got off to buy a roll. Please tell your neighbours that they heard nothing compared with mine,\" a user called Tenor Clef answered a quarter of an hour later, in a post that was shared twice as often.",
]
QUOTE = ("\"We have been told for thirty years that the coast was too poor to be asked and the capital too busy to answer, and in all those years not one of the "
         "eleven commissions that came down here by train has sent so much as a postcard to say what it had found: they found us at work, they found us short of hands, and they found the lunch good,\" governor Amira Seldon said in her new year's address.")
BACKGROUND = ("Castria, a country of nine million people, has been governed by a coalition of three parties since the election of two years ago, in which none of them won more "
              "than a quarter of the vote. The alliance has a majority of four in parliament. It came close to breaking apart last autumn over the price of bread, and has since "
              "lost two ministers, one to a scandal over a swimming pool and one to a better job. The next election is due in the spring of the year after next.")

FURNITURE = [
    "Sign up for the Gull, our letter for early risers: three stories, one drawing and the tide table, in your postbox before the first ferry leaves the harbour.",
    "The Post is owned by its readers. If you want it to go on counting the herring boats, become a member for the price of a bowl of soup a month; members get the soup too.",
]

LATEST = {
    "storm": ["Rescuers reached the lighthouse on Gull Rock at first light and brought off the keeper, his wife and a dog that had been without water since Saturday, the coastguard said.",
              "The boat had turned back three times. Its coxswain, Maren Holt, said that on the fourth attempt the sea simply stopped for a minute, as if it had been asked to, and that she does not expect it to do so again."],
    "bridge": ["The railway bridge at Ousby will be out of use until the new year at the earliest, the railway said after divers had looked at its middle pier.",
               "Trains from the north end at Bracken, where forty buses wait. The first of them took two hours and ten minutes for what used to be a ride of twenty-five, passengers said."],
    "schools": ["Schools in six districts stay closed on Tuesday and Wednesday because their cellars are full of water and the heating oil has floated up the stairs.",
                "Teachers will telephone their pupils instead, the board said. A class in Lower Tarn, which has no telephones left either, meets at the bakery, where it is warm and there are rolls."],
    "power": ["Power was back in all but nine hundred houses by midday, after linemen had worked through the night with a crane that the circus lent them.",
              "The supplier, Tarnpower, expects to connect the last valley on Thursday. It will pay each household thirty crowns, and the circus whatever it asks for, its chief executive said."],
    "cattle": ["Farmers around Pieter's Mere found most of their cattle on an island that is not on any map, some two hundred animals on a piece of grass the size of a market square.",
               "They are fed by boat. A vet who was rowed across said they were in good heart and that the island, a former rubbish tip, had turned out to be the best drained field in the county."],
    "minister": ["Interior minister Karl Brandt broke off his holiday and landed at Velmar in the afternoon to applause from nobody, since the airport had been closed to the public.",
                 "He announced five million crowns for the towns along the river. Mayors who had asked for sixty said that it was a beginning, and one of them that it was a beginning of something else."],
    "prices": ["The price of sandbags rose threefold in a day, and the consumers' office said that it would look into who had been selling them and out of whose sand.",
               "A playground in Dunmark was found to be without its pit on Monday morning. Police took plaster casts of the marks that a wheelbarrow had left, and asked the finder of a small red spade to come forward."],
}

LEAD = [  # the paragraphs of a story that is rewritten from morning to night
    "A goods train ran off the rails at the points outside Lower Tarn early on Monday, and nine of its wagons went down the bank towards the river, railway officials said.",
    "Nobody was hurt. The driver, who had been alone on the train, climbed from the cab by himself and was given tea at the signal box, a spokeswoman said.",
    "The wagons were loaded with sugar from the mill at Orlo. Two of them burst, and children came with buckets until the police put up a rope.",
    "Both tracks are blocked. Passengers between Velmar and the coast were asked to change to buses at Bracken, which added an hour to the journey.",
    "A crane that can lift ninety tonnes left the yard at Dunmark at eight o'clock. It travels at the speed of a cyclist and is expected in the evening.",
    "Inspectors found a bolt as long as a forearm lying in the points, and took it away in a blanket. They would not say whether it had broken or been taken out.",
    "The transport ministry said that the same points had been reported twice since the summer, both times for a noise, and had both times been found to be in order.",
    "Farmers downstream were told to keep their animals from the water. Sugar does not harm fish, a biologist said, but what feeds on sugar does.",
    "Police questioned two track workers in the afternoon and let them go. A third, who was on leave, came to the station by himself with a drawing of the bolt.",
    "The drawing shows a notch where there should be none, people who have seen it said. The maker, a foundry in the east, delivered four thousand such bolts last year.",
    "The railway stopped all traffic over points of that type until they have been looked at, which concerns eleven lines. Commuters should expect a week of delays, it said.",
    "The foundry said that it had no knowledge of a fault and had begun to look for one. Its owner flew to Velmar in the evening with a suitcase full of bolts.",
    "Transport minister Ilse Korvane went to the scene by the last train that could get there. She promised a report within thirty days and walked the last kilometre.",
    "By nightfall the crane had set four of the nine wagons upright. The foreman said that the other five were stuck in their own sugar, which had begun to set like mortar.",
]

SCRIPTS = {
    "zh": ["艾勒港港务局星期一宣布，由于检查人员在七艘渡轮中的四艘船体上发现裂缝，通往安佛斯岛的所有航班将至少停航十天，岛上的粮食和燃料供应因此面临困难。",
           "运输部长科尔万在记者会上说，工程师在例行检查中发现船尾跳板附近有长过手掌的裂纹，随后又在同型船只上发现了类似的损伤，因此当夜就作出了停航的决定。",
           "岛上大约有六万二千名居民，机场跑道太短，货机无法起降。消息公布后几个小时之内，首府的商店就开始限量供应面包和牛奶，加油站前排起了长队。",
           "海军将每天派出两艘补给舰运送药品、饲料和燃油。需要到大陆医院就诊的病人可以申请搭乘一艘能容纳四十人的军用快艇，费用由政府承担。",
           "反对党领袖弗雷德批评政府三年来对海员工会的三次警告置之不理。工会说，船员早就报告机舱进水，要求提前检修，却一直没有得到答复。",
           "航运公司表示将退还一万八千多张船票，并已向船级社提交全部维修记录。第一份调查报告预计星期五公布，最新的一艘船可能在月底以前恢复航行。"],
    "zh-other": ["维尔马交响乐团选出了新的音乐总监，她从四十一岁才开始学习指挥，此前一直坐在乐队后排吹奏巴松管，将在后年的演出季正式上任。",
                 "在今年二月的一场音乐会上，她在第二小节让乐队停下来，微笑着一言不发地重新开始。团员们说，正是这一刻让他们下定了决心，投票结果为七十票对十一票。",
                 "她的合同为期五年，每年工作十四个星期。她要求乐团每个月到学校、医院或者铁路修理厂演出一次，门票全部免费，由一家基金会出资。",
                 "音乐厅因为清除石棉关闭了三年，乐团在这段时间里失去了十分之一的长期订户。年度报告显示，现在每场音乐会的上座率大约是八成。"],
    "ja": ["エラリー港の港湾局は月曜日、定期検査で七隻のフェリーのうち四隻の船体に亀裂が見つかったため、アンバース島との間のすべての便を少なくとも十日間運休すると発表した。",
           "コルバネ運輸相は記者会見で、船尾のランプ付近に手のひらより長い亀裂が確認され、同じ型の船からも似た損傷が見つかったため、その夜のうちに運休を決めたと説明した。",
           "島にはおよそ六万二千人が暮らしているが、空港の滑走路が短く貨物機は着陸できない。発表から数時間で、中心街の商店はパンと牛乳の販売を一人二つまでに制限した。",
           "海軍は一日二回、医薬品や飼料、燃料を積んだ補給艦を出す。本土の病院に予約のある人は、四十人乗りの高速艇に無料で乗ることができるという。",
           "野党のブレーデ党首は、船員組合が三年間に三度も警告したのに政府は耳を貸さなかったと批判した。組合は機関室への浸水を報告し、検査の前倒しを求めていた。",
           "運航会社は一万八千件を超える予約の払い戻しに応じるとしている。最初の報告書は金曜日に公表され、最も新しい船は月末までに復帰する可能性がある。"],
    "ja-other": ["ベルマー交響楽団は、四十一歳で指揮を始めた元ファゴット奏者のオディール・マルケッティさんを次の音楽監督に選んだ。就任は再来年のシーズンからとなる。",
                 "楽員たちの投票は七十対十一だった。二月の演奏会で彼女は二小節目で演奏を止め、何も言わずに微笑んで最初からやり直した。その瞬間に決まったと楽員の一人は話す。",
                 "契約は五年間で、年に十四週間指揮台に立つ。月に一度は学校や病院、鉄道の修理工場で演奏会を開くことを条件に挙げ、楽団もこれを受け入れた。",
                 "ホールはアスベストの除去工事で三年間閉鎖され、その間に定期会員の一割が離れた。現在の客席はおよそ八割が埋まっていると年次報告書は記している。"],
    "th": ["การท่าเรือเมืองเอลเลอรีประกาศเมื่อวันจันทร์ว่าจะหยุดเดินเรือเฟอร์รีไปยังเกาะแอนเวอร์สทุกเที่ยวอย่างน้อยสิบวัน หลังเจ้าหน้าที่พบรอยร้าวที่ตัวเรือสี่ลำจากทั้งหมดเจ็ดลำระหว่างการตรวจสภาพประจำปี",
           "รัฐมนตรีคมนาคมกล่าวกับผู้สื่อข่าวว่า วิศวกรพบรอยร้าวยาวกว่าฝ่ามือใกล้ทางลาดท้ายเรือ และต่อมาพบความเสียหายแบบเดียวกันในเรือรุ่นเดียวกัน จึงตัดสินใจสั่งหยุดเดินเรือในคืนนั้นทันที",
           "บนเกาะมีประชากรราวหกหมื่นสองพันคน สนามบินมีทางวิ่งสั้นเกินกว่าที่เครื่องบินขนส่งสินค้าจะลงจอดได้ ไม่กี่ชั่วโมงหลังการประกาศ ร้านค้าในเมืองหลวงเริ่มจำกัดการขายขนมปังและนม",
           "กองทัพเรือจะส่งเรือลำเลียงวันละสองเที่ยวเพื่อนำยา อาหารสัตว์ และน้ำมันไปให้ ผู้ป่วยที่มีนัดกับโรงพยาบาลบนแผ่นดินใหญ่สามารถขอโดยสารเรือเร็วของทหารซึ่งรับได้สี่สิบคนโดยไม่เสียค่าใช้จ่าย",
           "หัวหน้าพรรคฝ่ายค้านตำหนิรัฐบาลว่าไม่สนใจคำเตือนสามครั้งของสหภาพลูกเรือตลอดสามปีที่ผ่านมา สหภาพระบุว่าลูกเรือแจ้งเรื่องน้ำเข้าห้องเครื่องและขอให้เลื่อนการตรวจสภาพเรือให้เร็วขึ้น",
           "บริษัทเดินเรือยืนยันว่าจะคืนเงินค่าตั๋วกว่าหนึ่งหมื่นแปดพันใบ รายงานผลการตรวจสอบฉบับแรกจะออกในวันศุกร์ และเรือลำใหม่ที่สุดอาจกลับมาให้บริการได้ก่อนสิ้นเดือนนี้"],
    "th-other": ["วงดุริยางค์ซิมโฟนีแห่งเวลมาร์เลือกผู้อำนวยการดนตรีคนใหม่ เธอเป็นอดีตนักบาสซูนที่เพิ่งเริ่มเรียนการอำนวยเพลงเมื่ออายุสี่สิบเอ็ดปี และจะเข้ารับตำแหน่งในฤดูกาลหน้า",
                 "นักดนตรีลงคะแนนให้เธอเจ็ดสิบต่อสิบเอ็ด หลังคอนเสิร์ตเดือนกุมภาพันธ์ที่เธอหยุดวงในห้องเพลงที่สองแล้วเริ่มใหม่ด้วยรอยยิ้มโดยไม่พูดอะไรแม้แต่คำเดียว",
                 "สัญญามีอายุห้าปี ปีละสิบสี่สัปดาห์ เธอขอให้วงไปแสดงที่โรงเรียน โรงพยาบาล และโรงซ่อมรถไฟเดือนละครั้งโดยไม่เก็บค่าเข้าชม ซึ่งทางวงก็ยอมรับเงื่อนไขนี้",
                 "หอแสดงดนตรีปิดไปสามปีเพื่อรื้อถอนแร่ใยหิน วงเสียสมาชิกประจำไปหนึ่งในสิบ ปัจจุบันมีผู้ชมราวแปดในสิบของที่นั่งทั้งหมดตามรายงานประจำปี"],
    "ar": ["أعلنت سلطة ميناء إيليري يوم الاثنين وقف جميع رحلات العبارات إلى جزيرة أنفرس لمدة عشرة أيام على الأقل بعدما عثر مفتشون على تشققات في هياكل أربع سفن من أصل سبع خلال فحص دوري.",
           "وقالت وزيرة النقل إيلسه كورفانه للصحفيين إن المهندسين وجدوا قرب المنحدر الخلفي شقوقا أطول من كف اليد، ثم عثروا على أضرار مماثلة في سفن من الطراز نفسه، فاتخذ القرار في الليلة ذاتها.",
           "ويعيش في الجزيرة نحو اثنين وستين ألف نسمة، ومدرج مطارها أقصر من أن تهبط عليه طائرات الشحن. وخلال ساعات من الإعلان بدأت متاجر العاصمة تحدد كميات الخبز والحليب لكل زبون.",
           "وسترسل البحرية سفينتي إمداد كل يوم لنقل الأدوية والأعلاف والوقود. ويمكن للمرضى الذين لديهم مواعيد في مستشفيات البر الرئيسي أن يطلبوا مقاعد في زورق عسكري يتسع لأربعين شخصا.",
           "واتهم زعيم المعارضة توماس فريده الحكومة بتجاهل ثلاثة تحذيرات من نقابة البحارة خلال ثلاثة أعوام. وكانت النقابة قد طلبت تقديم موعد الفحص بعدما أبلغ البحارة عن تسرب المياه إلى غرفة المحركات.",
           "وقالت الشركة المشغلة إنها ستعيد ثمن أكثر من ثمانية عشر ألف تذكرة. ومن المتوقع صدور التقرير الأول يوم الجمعة، وقد تعود أحدث السفن إلى الخدمة قبل نهاية الشهر."],
    "ar-other": ["اختارت أوركسترا فيلمار السيمفونية مديرة موسيقية جديدة هي عازفة باسون سابقة بدأت دراسة القيادة في الحادية والأربعين من عمرها، وستتولى منصبها في الموسم بعد المقبل.",
                 "وصوت لها العازفون بسبعين صوتا مقابل أحد عشر بعد حفل في فبراير أوقفت فيه الفرقة عند المقياس الثاني ثم بدأت من جديد وهي تبتسم من دون أن تنطق بكلمة.",
                 "ومدة العقد خمس سنوات بواقع أربعة عشر أسبوعا في العام. وطلبت أن تعزف الفرقة مرة كل شهر في مدرسة أو مستشفى أو في ورشة إصلاح القطارات من دون مقابل.",
                 "وفقدت الأوركسترا عشر مشتركيها في السنوات الثلاث التي أغلقت فيها القاعة لإزالة الأسبستوس، وهي تعزف الآن أمام قاعة ممتلئة بنسبة أربعة أخماس وفق تقريرها السنوي."],
    "ru": ["Управление порта Эллери в понедельник объявило об отмене всех паромных рейсов на остров Анверс как минимум на десять дней после того, как инспекторы нашли трещины в корпусах четырёх судов из семи.",
           "Министр транспорта Ильзе Корване сообщила журналистам, что при плановом осмотре у кормовой рампы обнаружили трещины длиннее ладони, а затем такие же повреждения нашлись на судах той же серии, и решение было принято ночью.",
           "На острове живут около шестидесяти двух тысяч человек, а полоса местного аэродрома слишком коротка для грузовых самолётов. Уже через несколько часов магазины столицы ограничили продажу хлеба и молока.",
           "Военные моряки будут ежедневно отправлять два судна с лекарствами, кормами и топливом. Пациенты, которых ждут в больницах на материке, смогут получить место на катере, рассчитанном на сорок человек.",
           "Лидер оппозиции Томас Вреде обвинил правительство в том, что оно три года подряд не замечало предупреждений профсоюза моряков, который просил перенести осмотр после сообщений о воде в машинном отделении.",
           "Компания-перевозчик обещает вернуть деньги за восемнадцать тысяч билетов. Первый отчёт ожидается в пятницу, а самое новое судно может вернуться на линию до конца месяца."],
    "ru-other": ["Симфонический оркестр Вельмара выбрал нового музыкального руководителя: это бывшая фаготистка, которая начала учиться дирижированию в сорок один год и приступит к работе через сезон.",
                 "Музыканты проголосовали за неё семьюдесятью голосами против одиннадцати после февральского концерта, на котором она остановила оркестр во втором такте и, улыбаясь, молча начала сначала.",
                 "Контракт заключён на пять лет, по четырнадцать недель в году. По её просьбе раз в месяц оркестр будет играть в школах, больницах и в вагоноремонтном депо, причём бесплатно.",
                 "За три года, пока зал был закрыт из-за асбеста, оркестр потерял десятую часть абонентов. Сейчас, как говорится в годовом отчёте, он собирает четыре пятых зала."],
}
CHANGED = {  # what an editor put in place of the third paragraph
    "zh": "岛上的渔民说，他们已经用自己的小船把急需胰岛素的两名病人送到了对岸。市长呼吁居民不要囤积食品，并承诺学校食堂会照常开放。",
    "ja": "島の漁師たちは、自分の船でインスリンの必要な患者二人を対岸まで運んだと話した。市長は買いだめを控えるよう呼びかけ、学校の給食は続けると約束した。",
    "th": "ชาวประมงบนเกาะเล่าว่าพวกเขาใช้เรือของตัวเองพาผู้ป่วยสองคนที่ต้องใช้อินซูลินข้ามฝั่งไปแล้ว นายกเทศมนตรีขอให้ชาวบ้านอย่ากักตุนอาหารและรับปากว่าโรงอาหารของโรงเรียนจะเปิดตามปกติ",
    "ar": "وقال صيادون من الجزيرة إنهم نقلوا بقواربهم مريضين يحتاجان إلى الأنسولين إلى الضفة الأخرى. ودعا رئيس البلدية السكان إلى عدم تخزين الطعام ووعد بأن تبقى مطاعم المدارس مفتوحة.",
    "ru": "Рыбаки рассказали, что уже перевезли на своих лодках двух больных, которым нужен инсулин. Мэр попросил жителей не запасаться продуктами впрок и пообещал, что школьные столовые будут работать.",
}
TITLES = {
    "zh": ["四艘渡轮船体开裂 安佛斯岛航线停航十天", "断航之后：一个海岛的面包和牛奶"], "ja": ["フェリー四隻に亀裂、島への便を十日間運休", "パンと牛乳は一人二つまで　船を失った島"],
    "th": ["พบรอยร้าวเรือเฟอร์รีสี่ลำ หยุดเดินเรือสิบวัน", "เมื่อเกาะไม่มีเรือ"], "ar": ["تشققات في أربع عبارات توقف الرحلات إلى أنفرس", "جزيرة بلا سفن"],
    "ru": ["Трещины в корпусах: паромы на Анверс встали", "Остров без кораблей"],
}


ITEMS = {  # short news of one flood, as a Russian agency writes them: what is new, a little more, and each time the same background
    "bridge": ["Движение по мосту через реку Сосьва восстановлено после ремонта, сообщили журналистам в областном управлении дорог. Пробка, которая утром достигала семи километров, рассосалась к полудню, грузовики пропускают без ограничений в обе стороны.",
        "По данным управления, дорожники заменили сорок метров покрытия и укрепили две опоры, которые подмыло весной. Скорость на мосту ограничена пятьюдесятью километрами в час до конца октября."],
    "mayor": ["Мэр Зареченска Антон Лыков подал в отставку по собственному желанию, сообщила пресс-служба городской думы. Депутаты рассмотрят заявление на заседании в четверг, исполнять обязанности главы города будет его первый заместитель.",
        "Лыков возглавлял город пять лет. Сам он объяснил решение усталостью и желанием больше времени проводить с семьёй; губернатор поблагодарил его за работу и пожелал удачи на новом месте."],
    "fine": ["Суд оштрафовал подрядчика, который чинил набережную Зареченска, на два миллиона рублей за срыв сроков, сообщили в прокуратуре. Работы должны были закончиться ещё в августе, но плитку уложили только на трети берега.",
        "Представитель компании заявил, что решение будет обжаловано: задержку он объяснил тем, что песок для основания вовремя не завезли, а после дождей берег пришлось укреплять заново."],
}
FLOOD = ("Паводок начался в области 11 апреля после того, как на реке Сосьва прорвало земляную дамбу. Вода затопила более двух тысяч домов в Зареченске и девяти посёлках, эвакуированы свыше шести тысяч человек. Режим чрезвычайной ситуации федерального характера действует до сих пор, ущерб оценивается в четыре миллиарда рублей.")


class Rows:
    def __init__(self):
        self.rows = []

    def add(self, name, cluster, paragraphs, title=None, outlet=None, day=4, minute=0, url=None):
        outlet = outlet or name.rsplit("-", 1)[-1]
        self.rows.append({
            "id": name, "url": url or "https://%s.example/%s" % (outlet, name), "outlet": outlet.capitalize(),
            "date": (FIRST + timedelta(days=day - 1, minutes=minute)).strftime("%Y-%m-%dT%H:%M:00Z"),
            "title": title or name, "text": "\n\n".join(paragraphs), "cluster": cluster})

    def write(self, path):
        with open(path, "w", encoding="utf-8") as f:
            for r in self.rows:
                f.write(json.dumps(r, ensure_ascii=False) + "\n")


def bridge(extra):
    """Stories that have nothing in common but the paragraphs `extra`, each in five tellings, one of them without."""
    rows = Rows()
    for k, (name, paragraphs) in enumerate((("strike", STRIKE), ("orchestra", ORCHESTRA), ("glacier", GLACIER), ("tax", TAX))):
        tellings = (("herald", paragraphs[:2] + extra + paragraphs[2:]), ("gazette", extra + paragraphs[:4]),
                    ("post", paragraphs[:3] + extra), ("courier", paragraphs[:4]), ("mail", paragraphs[:2] + extra))
        for i, (paper, text) in enumerate(tellings):  # each in a town of its own: nothing is an outlet's furniture
            rows.add(name + "-" + paper, name, text, outlet=("velmar", "dunmark", "orlo", "bracken")[k] + paper, day=4 + k,
                     minute=50 * i)
    return rows


def furniture():
    """Four stories as one outlet ran them, with lines of its own below, and as others did. Too few to know those lines by."""
    rows = Rows()
    for k, (name, paragraphs) in enumerate((("strike", STRIKE), ("orchestra", ORCHESTRA), ("glacier", GLACIER), ("tax", TAX))):
        rows.add(name + "-post", name, paragraphs[:3] + FURNITURE, day=4 + 3 * k, minute=30)
        rows.add(name + "-herald", name, paragraphs, day=4 + 3 * k)
        rows.add(name + "-mail", name, paragraphs[:4], day=4 + 3 * k, minute=90)
    return rows


def latest():
    """A page of many briefs, three times in a day, and each brief as others ran it by itself."""
    rows = Rows()
    briefs = list(LATEST)
    for k, name in enumerate(briefs):
        rows.add(name + "-herald", name, LATEST[name], minute=40 * k)
        rows.add(name + "-mail", name, LATEST[name], minute=40 * k + 25, title="In brief: " + name)
    for k in range(3):
        rows.add("latest-%d" % k, "latest", sum((LATEST[b] for b in briefs[k:k + 5]), []), outlet="agency", minute=400 + 90 * k,
                 title="The Latest: the storm")
    return rows


def running(one_outlet, step):
    """A lead story rewritten through the day: each version is mostly the one before, the last shares nothing with the first."""
    rows = Rows()
    for k in range(0, len(LEAD) - 5, step):
        outlet = "agency" if one_outlet else ("agency", "herald", "post", "mail")[k % 4]
        rows.add("train-%d" % k, "train", LEAD[k:k + 6], outlet=outlet, minute=60 * k, title="Goods train derailed",
                 url="https://agency.example/train" if one_outlet else None)
    rows.add("strike-herald", "strike", STRIKE, minute=300)
    rows.add("strike-gazette", "strike", STRIKE[:3], minute=360)
    return rows


def growing():
    """Two stories that one outlet rewrote as they grew, under a new address each time."""
    rows = Rows()
    for k in range(9):
        rows.add("train-%d" % k, "train", LEAD[k:k + 6], outlet="agency", minute=60 * k, title="Goods train derailed")
    for k in range(6):
        rows.add("tax-%d" % k, "tax", (TAX + STRIKE[3:])[:2 + k], outlet="agency", minute=60 * k, title="Tax on empty flats")
    return rows


def items():
    """Short items on unlike events after one flood, with the same background, which is half of those that were cut."""
    rows = Rows()
    for k, (name, text) in enumerate(ITEMS.items()):
        for i, (paper, told) in enumerate((("agency", text + [FLOOD]), ("gazeta", text + [FLOOD]), ("vesti", text[:1] + [FLOOD]),
                                           ("novosti", text))):
            rows.add(name + "-" + paper, name, told, day=20 + k, minute=25 * i)
    return rows


def scripts():
    """In each script: a story whole, cut, retitled, with a paragraph changed; and another story."""
    rows = Rows()
    for k, lang in enumerate(TITLES):
        text, other = SCRIPTS[lang], SCRIPTS[lang + "-other"]
        rows.add(lang + "-whole", lang, text, TITLES[lang][0], "one", day=4 + k)
        rows.add(lang + "-cut", lang, text[:2], TITLES[lang][0], "two", day=4 + k, minute=30)
        rows.add(lang + "-retitled", lang, text, TITLES[lang][1], "three", day=4 + k, minute=45)
        rows.add(lang + "-changed", lang, text[:2] + [CHANGED[lang]] + text[3:5], TITLES[lang][0], "four", day=4 + k, minute=50)
        rows.add(lang + "-other", lang + "-other", other, lang, "two", day=4 + k, minute=55)
        rows.add(lang + "-other-cut", lang + "-other", other[:3], lang, "three", day=4 + k, minute=65)
    return rows


def tail():
    """A story whose one whole telling ends with the background of an older one; all others are cut before it."""
    rows = Rows()
    rows.add("strike-herald", "strike", STRIKE + [BACKGROUND])
    rows.add("strike-mail", "strike", STRIKE[:4], minute=60)
    rows.add("strike-post", "strike", STRIKE + [BACKGROUND], minute=90)
    rows.add("train-agency", "train", LEAD[:7] + [BACKGROUND], day=11)
    for k, paper in enumerate(("gazette", "courier", "star")):
        rows.add("train-" + paper, "train", LEAD[:4 + k], day=11, minute=60 + 20 * k)
    return rows


def review():
    """A page of the leads of four stories, the first of them seven weeks old and the last of that day."""
    rows = Rows()
    stories = (("strike", STRIKE), ("orchestra", ORCHESTRA), ("glacier", GLACIER), ("train", LEAD))
    for k, (name, paragraphs) in enumerate(stories):
        for paper, n in (("herald", 6), ("mail", 4)):
            rows.add(name + "-" + paper, name, paragraphs[:n], day=1 + 17 * k, minute=30 * n)
    rows.add("review", "review", sum(([p for p in text[:2]] for name, text in stories), []), outlet="post", day=52, minute=900,
             title="Seven weeks that we will remember")
    rows.add("two", "two", GLACIER[:3] + STRIKE[:3], outlet="echo", day=36, minute=900, title="Up and down the country")
    rows.add("teasers", "teasers", [" ".join(p.split()[:24]) for p in (GLACIER[0], STRIKE[0])], outlet="sun", day=36, minute=960,
             title="In short")
    return rows


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    for name, rows in (("caption", bridge([CAPTION])), ("posts", bridge(POSTS)), ("quote", bridge([QUOTE])),
                       ("background", bridge([BACKGROUND])), ("furniture", furniture()), ("latest", latest()), ("running", running(False, 1)),
                       ("turning", running(False, 2)), ("live", running(True, 1)), ("scripts", scripts()), ("tail", tail()),
                       ("review", review()), ("growing", growing()), ("items", items())):
        rows.write(os.path.join(out, name + ".jsonl"))


main()
