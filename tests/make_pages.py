#!/usr/bin/env python3
"""Write the pages of testdata/pages: make_pages.py DIR

Invented outlets, places and people; nobody else's words. Each outlet has a template of its own, built as content systems
build them; each page is one story, cut, retitled or added to as its outlet would.
"""
import html
import json
import os
import sys

FERRY = [
    "PORT ELLERY (Meridian) - The government of Castria said on Tuesday it would suspend all ferry services across the Strait of Anvers for at least ten days after inspectors found cracks in the hulls of four of the seven vessels that carry most of the island's food and fuel.",
    "Transport Minister Ilse Korvane told reporters the decision was taken overnight, after a routine survey of the Lady Morwen turned up fractures near the stern ramp that were longer than the width of a hand.",
    "\"We looked at one ship and then at her sisters, and we did not like what we saw,\" Korvane said. \"Nobody should board a vessel that its own engineers would not send their children on.\"",
    "The four ships were built at the Halden yard between 1998 and 2003 and share a design in which the stern door is welded to the frame rather than bolted. Two of them were due to be replaced in 2019, a contract that was cancelled when the yard's owner went into administration.",
    "About 62,000 people live on Anvers, which has no airport long enough for cargo aircraft. Shops in the capital, Saint Oreb, limited customers to two loaves and four litres of milk within hours of the announcement, residents said.",
    "The navy will run two supply ships a day from Port Ellery, carrying medicine, fuel and animal feed, the ministry said. Passengers with hospital appointments may apply for seats on a military launch that holds 40 people.",
    "Opposition leader Tomas Wrede accused the government of ignoring three warnings since 2021 from the seafarers' union, which had asked for the survey to be brought forward after crew reported water in a machinery space.",
    "\"The cracks did not appear overnight, and neither did the letters,\" Wrede said in parliament.",
    "The operator, Anvers Line, said it had followed every instruction of the classification society and would refund 18,400 bookings. Its shares fell 23 percent before trading was halted.",
    "Insurers put the cost of a ten-day stoppage at between 30 million and 45 million crowns, most of it borne by farmers who ship early potatoes at this time of year.",
    "A first inspection report is expected on Friday. Korvane said the newest of the four ships could return to service before the end of the month if repairs to its ramp pass a load test.",
]
FERRY_UPDATE = [
    "PORT ELLERY (Meridian) - Navy ships landed the first medicine and fuel on the island of Anvers on Wednesday, a day after Castria suspended all ferry services because of cracks in the hulls of four vessels.",
    "The supply ship Calder unloaded 210 tonnes at Saint Oreb before dawn, and a queue of tractors a kilometre long waited on the quay for animal feed, the harbour master said.",
]
DAM = [
    "LOWER TARN, Nov 12 (Continental Press) - Engineers opened the emergency gates of the Tarn Vale dam early on Thursday, sending a wall of brown water into farmland below, after five days of rain lifted the reservoir to within 40 centimetres of its crest.",
    "More than 9,300 people were moved from eleven villages along the Tarn before the release, regional governor Amira Seldon said. No deaths were reported, but rescuers were still looking for two men who had gone back for their cattle.",
    "\"It was the dam or the fields, and the fields will grow again,\" Seldon said at an evacuation centre in the town of Bracken.",
    "The gates, last used in 1976, took 50 minutes to open because one of the four electric motors had failed. Workers turned it by hand in relays, according to the water authority.",
    "At its peak the flow reached 1,850 cubic metres a second, three times what the river carries in an ordinary flood. The main road bridge at Ousby was swept away and a railway embankment collapsed in two places.",
    "Farmers said the loss was total. Pieter Vance, who grows sugar beet on 70 hectares near Ousby, watched from a hillside as his barn floated past the church.",
    "\"We were paid to keep this land open for exactly this,\" he said. \"But the agreement my father signed said there would be two days' notice, and we got two hours.\"",
    "The weather service said another 60 millimetres could fall by Saturday, although the heaviest rain was moving north. Hydrologists expect the reservoir to be down by three metres on Sunday.",
    "An inquiry in 2014 recommended raising the crest by two metres and replacing the gate machinery. Only the first part of that work, a new drainage gallery, was ever finished.",
    "Energy company Tarnpower, which leases the turbines, said its power station was flooded and 120,000 homes would depend on imported electricity for the rest of the week.",
]
CHIP = [
    "VELMAR (NPA) - Lumenar, the largest maker of medical scanners in the Halvian Union, agreed on Monday to buy its smaller rival Quist Imaging for 4.2 billion marks in cash, a deal that would leave hospitals in nine countries with a single supplier of portable machines.",
    "Shareholders of Quist will receive 61 marks a share, 34 percent more than Friday's close, the companies said in a joint statement. The boards of both approved the offer unanimously.",
    "Lumenar chief executive Renske Aldous said the two companies' research groups overlapped by less than a tenth and that no laboratory would be closed before 2028.",
    "\"Quist makes machines that fit in an ambulance and we make the software that reads them,\" Aldous said. \"Doctors have been joining the two with adhesive tape for years.\"",
    "The competition authority said it would look closely at prices. A study that it commissioned last spring found that hospitals with two bidders paid a fifth less for a portable scanner than those with one.",
    "Patients' groups asked for conditions. \"A village clinic cannot shop abroad,\" said Jonas Merriden of the Rural Health Alliance, which wants service contracts capped for ten years.",
    "Quist was founded in 1987 by two physicists in a disused dairy and employs 3,100 people, two thirds of them at its plant in Orlo. Its sales grew 11 percent last year to 890 million marks.",
    "Lumenar will pay with 1.5 billion marks of its own and a bridge loan from three banks. Its shares closed 3.8 percent lower, the steepest fall since March.",
    "The companies expect to complete the purchase in the third quarter of next year if regulators agree. Either side would owe the other 150 million marks if it walked away.",
]
SAME_FERRY = [
    "For the third winter running, Anvers has been taught what it means to be an island. I walked the quay at Saint Oreb this week and counted the trawlers that were tied up two deep, their skippers drinking coffee in wheelhouses because the harbour had no ice to sell them.",
    "Nobody here talks about hull plates. They talk about the chemist, whose shelves held eleven boxes of insulin on Monday evening, and about the school, which has asked parents to send children with a lunch that needs no heating.",
    "A fixed link has been promised since my grandmother was young. The drawings hang in the council chamber: a tunnel of 19 kilometres, a bridge with a swing span, a causeway that would have drowned the oyster beds.",
    "What the island needs is duller than any of these. It needs two spare ships, paid for in ordinary years when nothing goes wrong, and a minister who will defend that bill when it looks like waste.",
    "Until then we will do what we have always done, which is to share the diesel, lend the freezer, and remember who came and who did not.",
]
SAME_DAM = [
    "The men who built the Tarn Vale dam slept in canvas bunkhouses and were paid by the bucket. Some 1,400 of them worked on the wall between 1931 and 1938, and a museum that opened in Bracken this month has set out to find every name.",
    "Curator Odile Marsh began with a wage book that had been used to prop a window. It lists carters, powder monkeys and a cook called only Big Nan, who is said to have fed two hundred at a sitting.",
    "\"People think of concrete as something a machine pours,\" Marsh said. \"Every metre of that wall was carried by somebody with a family.\"",
    "Visitors may try the yoke that carried the buckets, listen to recordings of the last three survivors, and trace relatives on a map of the camps. Entry is free on the first Sunday of the month.",
    "The museum is closed on Tuesdays. Its next exhibition, on the villages that the reservoir covered, opens in April.",
]
WEATHER = ("The weather service forecasts a high of {hi} degrees in {town} on {day}, with a low of {lo} overnight. Winds from the {wind} will reach {speed} kilometres an hour in exposed places.",
    "The chance of rain is {rain} percent, with up to {mm} millimetres expected by evening. Sunrise is at {rise} and sunset at {set}.",
    "The pollen count is {pollen}. Air quality in the city centre stood at {air} on the regional index at six in the morning, and the sea temperature was {sea} degrees at the pier.",
    "Tomorrow will bring a high of {hi2} degrees and winds of {speed2} kilometres an hour. The outlook for the weekend is for temperatures between {low3} and {high3} degrees.")
MARKETS = ("The {city} Exchange closed at {close} points on {day}, {dir} {pct} percent, after {up} shares rose and {down} fell. Turnover came to {turn} million marks.",
    "{gain} gained {gainp} percent to {gainv} marks, the most among large companies. {loss} lost {lossp} percent to {lossv} marks.",
    "The mark bought {usd} crowns, against {usd0} the day before. Ten-year government bonds yielded {bond} percent, and a barrel of heavy oil cost {oil} marks.",
    "Trading resumes at nine in the morning. The index has moved {ytd} percent since the start of the year.")

def deline(p, how):
    """the first paragraph with another dateline, or none"""
    return how + p.split(" - ", 1)[1]

def house(p):
    return (p.replace(" percent", " per cent").replace("crowns", "CRN").replace("metres", "metres").replace(" - ", " — ", 1))

E = html.escape
LINKS = ["Council to vote on bus fares", "Ten gardens to see before the frost", "Why the old mint is for sale",
         "Library opens its attic for the first time", "Harbour lights: a photo essay", "Quiz: how well do you know your rivers?"]
NAV = ["Home", "World", "Business", "Sport", "Culture", "Opinion"]

def nav(sep="", item="<li><a href=\"/%s\">%s</a></li>"):
    return sep.join(item % (n.lower(), n) for n in NAV)

def related(n=4, start=0):
    return "".join("<li><a href=\"/story/%d\">%s</a></li>" % (100 + i, LINKS[(start + i) % len(LINKS)]) for i in range(n))

def ps(paras, cls=""):
    return "\n".join("<p%s>%s</p>" % (cls, E(p, quote=False)) for p in paras)

def head(o, d, extra=""):
    ld = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": d["title"], "datePublished": d["date"],
          "dateModified": d.get("modified", d["date"]), "author": [{"@type": "Person" if d.get("by") else "Organization",
          "name": d.get("by") or o["name"]}], "publisher": {"@type": "Organization", "name": o["name"]},
          "mainEntityOfPage": d["url"], "articleSection": d.get("section", "World")}
    return ("<meta charset=\"utf-8\">\n<title>%s | %s</title>\n<link rel=\"canonical\" href=\"%s\">\n"
            "<meta property=\"og:title\" content=\"%s\">\n<meta property=\"og:url\" content=\"%s\">\n"
            "<meta property=\"og:site_name\" content=\"%s\">\n<meta property=\"article:published_time\" content=\"%s\">\n"
            "<meta name=\"description\" content=\"%s\">\n<script type=\"application/ld+json\">%s</script>%s" % (
                E(d["title"]), o["name"], d["url"], E(d["title"]), d["url"], o["name"], d["date"], E(d.get("stand", d["title"])),
                json.dumps(ld), extra))

def t_block(o, d):
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
{head(o, d)}
<style>.site-header{{background:#123}} .entry-content p{{margin:1em 0}}</style>
</head>
<body class="post-template single">
<div class="cookie-banner" role="dialog">We use cookies to improve your visit. <button>Accept all</button> <a href="/cookies">Manage choices</a></div>
<header class="site-header"><a href="/" class="logo">{o['name']}</a><nav><ul class="menu">{nav()}</ul></nav></header>
<main>
<article class="post">
<header class="entry-header"><h1 class="entry-title">{E(d['title'])}</h1>
<p class="standfirst">{E(d.get('stand', ''))}</p>
<div class="entry-meta">By <a rel="author" href="/author/x">{d.get('by') or o['name'] + ' staff'}</a> <time datetime="{d['date']}">{d['day']}</time></div></header>
<figure class="wp-block-image"><img src="/img/lead.jpg" alt=""><figcaption>{E(d['caption'])}</figcaption></figure>
<div class="entry-content">
{ps(d['paras'][:3])}
<div class="related-inline"><strong>Read more:</strong> <a href="/story/90">{LINKS[2]}</a></div>
{ps(d['paras'][3:])}
{'<p class="source"><em>' + d['credit'] + '</em></p>' if d.get('credit') else ''}
</div>
<div class="sharedaddy"><span>Share this:</span><ul><li><a href="#">Facebook</a></li><li><a href="#">Email</a></li><li><a href="#">Print</a></li></ul></div>
<div class="tags">Tags: <a href="/tag/a">Islands</a> <a href="/tag/b">Region</a></div>
</article>
<aside class="sidebar"><h3>Most read</h3><ol>{related(5)}</ol><form class="newsletter"><h3>The morning letter</h3><p>Get the day's stories in your inbox before breakfast.</p><input type="email"><button>Sign up</button></form></aside>
</main>
<section id="comments"><h2>2 Comments</h2><ol><li><p><b>gull_watcher</b> about time someone wrote about this, I have been saying it for years at every meeting</p></li><li><p><b>M. Tannet</b> My brother works there and he tells another story.</p></li></ol></section>
<footer><p>&copy; 2025 {o['name']}. All rights reserved. <a href="/contact">Contact us</a> | <a href="/privacy">Privacy</a></p></footer>
<script>window.dataLayer=[];function track(e){{dataLayer.push(e)}}</script>
</body>
</html>
"""

def t_modern(o, d):
    return f"""<!doctype html><html lang="en"><head>{head(o, d)}</head><body>
<div id="__app"><div class="Header_root__x1"><a href="/">{o['name']}</a><div class="Header_links__k2">{nav('', '<a href="/%s">%s</a>')}</div></div>
<div class="Article_wrap__a9"><div class="Article_kicker__b1">{d.get('section', 'World')}</div><h1>{E(d['title'])}</h1>
<div class="Article_byline__c3"><span>{d.get('by') or ''}</span><span>{d['day']}</span><span>4 min read</span></div>
<div class="Share_bar__q"><button>Copy link</button><button>Share</button><button>Save</button></div>
<div class="Image_root__z"><img src="a.webp"><span class="Image_caption__y">{E(d['caption'])}</span></div>
<div class="Body_text__m4">{ps(d['paras'][:4], ' class="Text_p__n1"')}
<div class="Promo_box__p"><h4>Recommended stories</h4><ul>{related(3, 1)}</ul></div>
{ps(d['paras'][4:], ' class="Text_p__n1"')}{'<p class="Text_p__n1">(' + d['credit'] + ')</p>' if d.get('credit') else ''}</div>
<div class="Topics_root__t"><a href="/t/1">Business</a><a href="/t/2">Analysis</a></div></div>
<div class="Explore_root__e"><h2>Explore</h2><ul>{related(6, 2)}</ul></div>
<div class="Footer_root__f"><p>Sneak a peek at the new {o['name']} app.</p><a href="/contact">Contact us</a><span>Copyright {o['name']} 2025</span></div></div>
<script id="__DATA__" type="application/json">{json.dumps({'props': {'title': d['title'], 'ads': [1, 2, 3]}})}</script></body></html>
"""

def t_table(o, d):
    return f"""<HTML><HEAD><TITLE>{E(d['title'])} - {o['name']}</TITLE>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=utf-8"><META NAME="date" CONTENT="{d['date']}"><LINK REL="canonical" HREF="{d['url']}"></HEAD>
<BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="760" BORDER="0"><TR><TD COLSPAN="3"><FONT SIZE="6">{o['name']}</FONT><BR>{nav(' | ', '<A HREF="/%s">%s</A>')}</TD></TR>
<TR VALIGN="top"><TD WIDTH="130"><B>Sections</B><BR>{nav('<BR>', '<A HREF="/%s.html">%s</A>')}</TD>
<TD WIDTH="460"><H2>{E(d['title'])}</H2><I>{d['day']}</I><BR><BR>
{'<BR><BR>'.join(E(p, quote=False) for p in d['paras'])}
{'<BR><BR>' + d['credit'] if d.get('credit') else ''}<BR><BR><A HREF="/print">Printable version</A> | <A HREF="/mail">Send to a friend</A></TD>
<TD WIDTH="170"><B>More stories</B><UL>{related(5, 3)}</UL></TD></TR>
<TR><TD COLSPAN="3"><FONT SIZE="1">Copyright {o['name']}. Write to us: letters@{o['host']}</FONT></TD></TR></TABLE></BODY></HTML>
"""

def t_divs(o, d):
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head>{head(o, d)}<link rel="stylesheet" href="/s.css"></head>
<body><div class="topbar"><ul>{nav()}</ul><div class="search"><input placeholder="Search"></div></div>
<div class="breadcrumb"><a href="/">Home</a> &rsaquo; <a href="/news">News</a> &rsaquo; {E(d['title'])}</div>
<div class="story"><h1 itemprop="headline">{E(d['title'])}</h1><h2 class="deck">{E(d.get('stand', ''))}</h2>
<div class="authorbox"><span itemprop="author">{d.get('by') or 'Newsroom'}</span> <span class="date">{d['day']}</span></div>
<div class="photo"><img src="1.jpg"><div class="caption">{E(d['caption'])}</div></div>
<div itemprop="articleBody" class="story-body">
{ps(d['paras'][:2])}
<aside class="pullout"><h3>At a glance</h3><p><a href="/glance">What we know so far</a></p></aside>
{ps(d['paras'][2:])}
</div>
{'<div class="source-line">Source: ' + d['credit'] + '</div>' if d.get('credit') else ''}
<div class="social">Follow us on <a href="#">Mastodon</a> and <a href="#">Facebook</a></div>
<div class="authorbio">{d.get('by') or 'The newsroom'} writes for {o['name']} about the region. Reach the desk at news@{o['host']}.</div></div>
<div class="more-from"><h3>More from {o['name']}</h3><ul>{related(5, 4)}</ul></div>
<div class="footer">About | Advertise | Jobs | Contact us: 0555 0{len(o['name'])} | &copy; {o['name']}</div></body></html>
"""

def t_amp(o, d):
    return f"""<!doctype html><html amp lang="en"><head>{head(o, d)}<script async src="https://cdn.{o['host']}/v0.js"></script></head>
<body><amp-sidebar id="menu"><ul>{nav()}</ul></amp-sidebar><header><a href="/">{o['name']}</a></header>
<article><h1>{E(d['title'])}</h1><p class="info">{d.get('by') or o['name']} | {d['day']}</p>
<amp-img src="a.jpg" width="600" height="400"></amp-img><p class="img-caption">{E(d['caption'])}</p>
<section class="content">{ps(d['paras'])}
{'<p><strong>' + d['credit'] + '</strong></p>' if d.get('credit') else ''}</section>
<div class="newsletter-box"><p>Enjoyed this story? Our weekly letter brings five like it every Sunday.</p><a href="/join">Join free</a></div></article>
<section class="also"><h2>You may also like</h2><ul>{related(4, 5)}</ul></section><footer><p>{o['name']}, 4 Quay Street. Contact us. Terms of use.</p></footer></body></html>
"""

def t_text(o, d):
    return (f"{o['name']}\n{' | '.join(NAV)}\n\n{d.get('section', 'WORLD').upper()}\n3 MIN READ\n{d['title']}\n{d['caption']}\n{d['day']}\n\n"
            + "\n\n".join(d["paras"]) + (f"\n\nSOURCE:{d['credit']}" if d.get("credit") else "")
            + "\nExplore\n" + "\n".join(LINKS) + "\nContact us\n")

OUTLETS = {
    "gazette": ("Port Ellery Gazette", "portellerygazette.example", t_block), "herald": ("Velmar Herald", "velmarherald.example", t_modern),
    "courier": ("Bracken Courier", "brackencourier.example", t_divs), "post": ("The Ousby Post", "ousbypost.example", t_table),
    "today": ("Halvia Today", "halviatoday.example", t_amp), "star": ("Orlo Star", "orlostar.example", t_block),
    "mail": ("Saint Oreb Mail", "saintorebmail.example", t_divs), "wire": ("Northlight", "northlight.example", t_text),
}
PAGES = []

def page(file, outlet, slug, title, date, paras, **more):
    name, host, template = OUTLETS[outlet]
    day = "%s %d, %s" % ("January February March April May June July August September October November December".split()[
        int(date[5:7]) - 1], int(date[8:10]), date[:4])
    d = dict(title=title, date=date, day=day, url="https://www.%s/%s/%s" % (host, date[:10].replace("-", "/"), slug), paras=paras,
             caption="A view of the scene on %s. / %s photo" % (day, name), **more)
    PAGES.append((file, template(dict(name=name, host=host), d)))

S = "T%s:00+00:00"
F, D, C = "2025-10-07", "2025-11-13", "2025-10-13"
LOCAL_MAIL = ["On Harbour Lane the baker Oona Feld had put a chair outside her door by six in the morning and was handing out numbers. She had flour for three days, she said, and had stopped making anything with butter in it.",
              "The parish council will open the hall at four o'clock each day for anyone who needs a hot meal, and has asked people with spare rooms to tell the clerk."]
LOCAL_POST = ["At Ousby primary school the headteacher, Ruth Calloway, had 74 children in the gym overnight. She said most had slept, and that the caretaker had told stories until the batteries of his lamp gave out."]
page("ferry-gazette.html", "gazette", "ferries-suspended", "Castria halts ferries to Anvers after cracks found in four ships", F + S % "06:40", FERRY, by="Dana Prewitt", credit="Meridian", stand="Island of 62,000 people faces ten days of rationing")
page("ferry-herald.html", "herald", "castria-ferries", "Cracked hulls cut off island of Anvers", F + S % "08:05", [house(p) for p in FERRY[:8]], credit="Meridian")
page("ferry-courier.html", "courier", "ferry-ban", "\"We did not like what we saw\": ferries stopped in Castria", F + S % "09:30", FERRY[:6], credit="Meridian", stand="Navy to carry food and medicine")
page("ferry-today.html", "today", "anvers-ferries", "Ferry services to Anvers suspended for ten days", F + S % "07:15", [deline(FERRY[0], "")] + FERRY[1:5] + FERRY[6:9])
page("ferry-mail.html", "mail", "no-ferries", "No ferries until the 17th: what we know", F + S % "10:20", FERRY[:5] + LOCAL_MAIL + FERRY[5:9], by="Esme Tull", credit="Meridian", stand="Two loaves each, and the hall opens at four")
page("ferry-star.html", "star", "ferry-update", "Navy brings first supplies to cut-off island", "2025-10-08" + S % "12:00", FERRY_UPDATE + FERRY[1:7] + FERRY[8:10], credit="Meridian")
page("ferry-northlight.txt", "wire", "ferries", "Castria suspends ferries over cracks in hulls", "2025-10-08" + S % "06:10", FERRY[:9], credit="Meridian")
page("dam-courier.html", "courier", "dam-gates", "Emergency gates opened at Tarn Vale dam as water nears crest", D + S % "05:50", DAM, credit="Continental Press", by="Continental Press", stand="Thousands moved from eleven villages")
page("dam-post.html", "post", "dam", "Dam opened: bridge lost, barns swept away", D + S % "07:00", DAM[:4] + LOCAL_POST + DAM[4:8], credit="Continental Press")
page("dam-gazette.html", "gazette", "tarn-vale", "Flood release at Tarn Vale drowns farmland", D + S % "08:20", [house(p) for p in DAM[:6]], credit="With reporting by Continental Press")
page("dam-today.html", "today", "tarn-dam", "\"It was the dam or the fields\"", D + S % "09:10", [deline(DAM[0], "LOWER TARN: ")] + DAM[1:8])
page("dam-star.html", "star", "dam-release", "Thousands flee as engineers open dam", D + S % "09:45", DAM[:9], credit="Continental Press")
page("deal-herald.html", "herald", "lumenar-quist", "Lumenar to buy Quist Imaging for 4.2 billion marks", C + S % "10:00", CHIP, by="Corin Ashby", credit="NPA", section="Business")
page("deal-star.html", "star", "quist-sold", "Orlo's biggest employer sold in 4.2bn deal", C + S % "11:30", CHIP[:7], credit="NPA", section="Business")
page("deal-post.html", "post", "scanner-deal", "Scanner makers to merge", C + S % "13:00", CHIP[:4] + CHIP[6:8], credit="NPA", section="Business")
page("deal-today.html", "today", "scanners", "Hospitals face single supplier after scanner deal", C + S % "12:10", [deline(CHIP[0], "")] + CHIP[1:6], section="Business")
page("ferry-column.html", "mail", "islanders", "An island learns again what the sea is", "2025-10-10" + S % "08:00", SAME_FERRY, by="Bram Oster", section="Opinion", stand="A view from the quay at Saint Oreb")
page("dam-museum.html", "courier", "museum", "Museum seeks the names of the men who built Tarn Vale dam", "2025-11-20" + S % "08:00", SAME_DAM, by="Lotte Byrne", section="Culture", stand="A wage book used to prop a window is the first clue")
page("deal-analysis.html", "gazette", "medical-monopoly", "When there is one shop in town", "2025-10-15" + S % "08:00", [
    "Ask a rural doctor what a monopoly looks like and she will show you an invoice. The last one I was shown, for a probe the size of a shaving brush, came to more than the nurse's monthly pay.",
    "Buyers of large machines can play one seller against another, and travel to do it. A clinic with four rooms buys what its engineer knows how to mend, and the engineer lives two valleys away.",
    "Economists call this a switching cost. It is the reason that a market with two sellers may behave for years like a market with one, and that nobody notices when the second is bought.",
    "Regulators have remedies. They may order that spare parts be sold to anyone, that manuals be published, that a licence be given to a third maker. They seldom ask the people with the four rooms.",
    "Before the next merger is waved through, somebody should take the road over the pass and look at the invoices."], by="Ines Cavall", section="Opinion")
page("roundup.html", "herald", "week", "The autumn in two stories", "2025-10-17" + S % "18:00", FERRY[:3] + FERRY[4:6] + CHIP[:3] + CHIP[4:6], by="Corin Ashby", stand="For those who were away")
W1 = dict(town="Port Ellery", day="Monday", hi=14, lo=7, wind="west", speed=45, rain=60, mm=8, rise="7.02", set="16.31", pollen="low", air=38, sea=11, hi2=12, speed2=30, low3=6, high3=13)
W2 = dict(town="Port Ellery", day="Tuesday", hi=9, lo=2, wind="north", speed=70, rain=90, mm=21, rise="7.04", set="16.29", pollen="very low", air=22, sea=10, hi2=8, speed2=55, low3=1, high3=9)
page("weather-monday.html", "gazette", "weather-1", "Weather for Monday: 14 degrees, breezy", "2025-11-03" + S % "05:00", [p.format(**W1) for p in WEATHER])
page("weather-tuesday.html", "gazette", "weather-2", "Weather for Tuesday: 9 degrees, gales", "2025-11-04" + S % "05:00", [p.format(**W2) for p in WEATHER])
M1 = dict(city="Velmar", day="Wednesday", close="8,412.6", dir="up", pct="0.7", up=212, down=140, turn=931, gain="Tarnpower", gainp="4.1", gainv="38.20", loss="Lumenar", lossp="1.9", lossv="112.40", usd="1.3120", usd0="1.3098", bond="2.41", oil="71.30", ytd="6.2")
M2 = dict(city="Velmar", day="Thursday", close="8,297.1", dir="down", pct="1.4", up=98, down=267, turn="1,204", gain="Orlo Dairies", gainp="2.2", gainv="17.05", loss="Tarnpower", lossp="9.6", lossv="34.53", usd="1.3045", usd0="1.3120", bond="2.36", oil="72.85", ytd="4.8")
page("markets-wednesday.html", "herald", "markets-wed", "Velmar closes higher", "2025-11-12" + S % "17:00", [p.format(**M1) for p in MARKETS], section="Business")
page("markets-thursday.html", "herald", "markets-thu", "Velmar closes lower", "2025-11-13" + S % "17:00", [p.format(**M2) for p in MARKETS], section="Business")
page("library.html", "today", "library", "Library opens its attic for the first time", "2025-10-21" + S % "09:00", [
    "For a hundred and twelve years the attic of the Velmar city library was locked, and the key was on a hook in the caretaker's kitchen with a label that said coal.",
    "When the roof was mended last spring the builders found 340 crates under the eaves. They held the papers of a map maker, Sybil Orrin, who had surveyed the eastern valleys on foot and never published a sheet.",
    "Conservators have cleaned 90 of her drawings, which show footbridges, springs and sheepfolds with the names that shepherds gave them. Visitors may climb to see them on Saturdays until the new year.",
    "\"She drew the country the way people walk it,\" said the librarian, Paul Revane. Twelve can stand in the attic at once, and tickets are given out at the desk from nine."], by="Mina Lode", section="Culture")
page("bus-fares.html", "star", "fares", "Council to vote on bus fares", "2025-10-22" + S % "09:00", [
    "Orlo's councillors will decide on Thursday whether to charge a single fare on all town buses, a change that would make long journeys cheaper and short ones dearer.",
    "Under the plan a ticket would cost 2 marks wherever the passenger got off. At present it costs between 1.20 and 3.60, and drivers spend a fifth of their time at stops giving change.",
    "The transport committee supports the change by six votes to three. Its chair, Abel Norrick, said that half of the passengers he had asked could not say what their last ticket had cost.",
    "Pensioners' groups object, because most of their trips are of two stops or fewer. The council may keep a short-trip ticket for people over 65."], by="Hal Denby", section="Local")

def main():
    os.makedirs(sys.argv[1], exist_ok=True)
    for file, text in PAGES:
        with open(os.path.join(sys.argv[1], file), "w", encoding="utf-8", newline="") as f:
            f.write(text)
    # One page saved twice, under another name.
    text = dict(PAGES)["dam-star.html"]
    with open(os.path.join(sys.argv[1], "dam-star-again.html"), "w", encoding="utf-8", newline="") as f:
        f.write(text)

main()
