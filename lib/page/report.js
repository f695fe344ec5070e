/*
 * Script of the report. Everything that pages say comes from the JSON blocks and goes into text nodes; nothing here makes markup of
 * text. ASCII only: it is embedded as it is.
 *
 * S, a story:  [id, source, confidence %, reasons, pages, members]
 * M, a member: [id, outlet, minutes since 1970, title, url, credit, words, shared per mille, shared words, cut, added, previous,
 *               follows per mille, version]
 */
"use strict";
(function () {
    const PER_PAGE = 50, FIRST_ROWS = 25;
    const data = JSON.parse(document.getElementById("data").textContent);
    const [ID, OUTLET, WHEN, TITLE, URL_, CREDIT, WORDS, LIKE, SHARED, CUT, ADDED, PREVIOUS, FOLLOWS, VERSION] = Array(14).keys();
    const collator = new Intl.Collator("en", { numeric: true });
    const number = new Intl.NumberFormat("en");
    const SVG = "http://www.w3.org/2000/svg";

    /* ---- elements ---- */

    function el(name, properties, ...children) {
        const e = document.createElement(name);
        for (const [k, v] of Object.entries(properties || {})) {
            if (k === "on") e.addEventListener("click", v);
            else if (k === "class") e.className = v;
            else if (v !== null) e.setAttribute(k, v);
        }
        for (const c of children) if (c !== null && c !== undefined) e.append(c);
        return e;
    }
    function svg(name, attributes, ...children) {
        const e = document.createElementNS(SVG, name);
        for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
        for (const c of children) e.append(c);
        return e;
    }
    /* Text of a page: its direction reaches no further. */
    const bdi = text => el("bdi", {}, String(text));
    function link(m, title) {
        if (typeof m[URL_] === "string" && /^https?:\/\//i.test(m[URL_]))
            return el("a", { href: m[URL_], rel: "noopener noreferrer nofollow" }, bdi(title));
        return bdi(title);
    }
    const plural = (n, word, many) => number.format(n) + " " + (n === 1 ? word : many || word + "s");
    function when(minutes) {
        if (minutes === null) return "no date";
        const d = new Date(minutes * 60000);
        return isNaN(d) ? "no date" : d.toISOString().slice(0, 16).replace("T", " ");
    }
    function span(minutes) {
        if (minutes === null || minutes <= 0) return "";
        if (minutes < 120) return plural(minutes, "minute");
        if (minutes < 2880) return plural(Math.round(minutes / 60), "hour");
        return plural(Math.round(minutes / 1440), "day");
    }
    const percent = n => (n > 0 && n < 5 ? "<1" : n > 995 && n < 1000 ? ">99" : Math.round(n / 10)) + "\u00a0%";
    const version = n => n === 0 ? "\u2013" : n <= 26 ? String.fromCharCode(64 + n) : String(n);

    /* ---- stories ---- */

    function read(s) {
        const [id, source, confidence, reasons, pages, members] = s;
        const outlets = new Set(), credits = new Map();
        let first = null, last = null, silent = 0;
        for (const m of members) {
            if (m[TITLE] === 0) m[TITLE] = members[source][TITLE];
            outlets.add(m[OUTLET]);
            if (m[CREDIT] < 0) silent++;
            else for (const name of data.credits[m[CREDIT]].split(", ")) credits.set(name, (credits.get(name) || 0) + 1);
            if (m[WHEN] !== null && (first === null || m[WHEN] < first)) first = m[WHEN];
            if (m[WHEN] !== null && (last === null || m[WHEN] > last)) last = m[WHEN];
        }
        const agencies = [...credits].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0])).map(c => c[0]);
        return { id, source: members[source], at: source, confidence, reasons, pages, members, outlets: outlets.size, agencies,
            silent: agencies.length ? silent : 0, credited: members.length - silent, first, last };
    }
    const stories = data.stories.map(read);
    const byId = new Map(stories.map(s => [s.id, s]));
    const agencies = [...new Set(stories.flatMap(s => s.agencies))].sort(collator.compare);
    function haystack(s) {
        if (s.text === undefined)
            s.text = (s.id + "\n" + s.members.map(m => m[TITLE] + "\n" + data.outlets[m[OUTLET]] + "\n" + m[ID]).join("\n") + "\n" +
                s.agencies.join("\n")).toLowerCase();
        return s.text;
    }

    /* ---- sorting ---- */

    /* Make the head of a column a button; `sort(column, ascending)` puts the rows in order. */
    function sortable(table, sort) {
        const heads = [...table.tHead.rows[0].cells];
        heads.forEach((th, i) => {
            if (th.classList.contains("barred")) return;
            const button = el("button", { type: "button" });
            button.append(...th.childNodes);
            th.append(button);
            button.addEventListener("click", () => {
                const now = th.getAttribute("aria-sort");
                const ascending = now ? now === "descending" : !th.classList.contains("n");
                heads.forEach(h => h.removeAttribute("aria-sort"));
                th.setAttribute("aria-sort", ascending ? "ascending" : "descending");
                sort(i, ascending);
            });
        });
    }
    function value(cell) {
        const text = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.trim();
        const n = Number(text.replace(/,/g, ""));
        return text !== "" && !isNaN(n) ? n : text;
    }
    function compare(a, b) {
        if (a === b) return 0;
        if (a === null || a === "") return 1; /* what is not known comes last */
        if (b === null || b === "") return -1;
        return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b);
    }
    function ordered(list, key, ascending) {
        const known = v => v !== null && v !== "";
        return list.map((item, i) => [key(item), i, item]).sort((x, y) => {
            if (!known(x[0]) || !known(y[0])) return compare(x[0], y[0]) || x[1] - y[1];
            return (ascending ? compare(x[0], y[0]) : compare(y[0], x[0])) || x[1] - y[1];
        }).map(x => x[2]);
    }

    /* ---- tables that stand in the page ---- */

    for (const table of document.querySelectorAll("table.sort")) {
        const body = table.tBodies[0];
        sortable(table, (i, ascending) => body.append(...ordered([...body.rows], r => value(r.cells[i]), ascending)));
        if (!table.classList.contains("filter") || body.rows.length <= FIRST_ROWS) continue;
        const output = el("output", { "aria-live": "polite" }), what = table.dataset.what;
        const box = el("input", { type: "search", autocomplete: "off" });
        let all = false;
        const more = el("button", { type: "button", class: "button", on: () => { all = !all; show(); } });
        function show() {
            const wanted = box.value.toLowerCase(), rows = [...body.rows];
            const found = rows.filter(r => r.cells[0].textContent.toLowerCase().includes(wanted));
            rows.forEach(r => { r.hidden = true; });
            found.forEach((r, i) => { r.hidden = !all && i >= FIRST_ROWS; });
            output.textContent = (wanted ? number.format(found.length) + " of " : "") + number.format(rows.length) + " " + what;
            more.hidden = found.length <= FIRST_ROWS;
            more.textContent = all ? "Show fewer" : "Show all " + number.format(found.length);
        }
        box.addEventListener("input", show);
        table.addEventListener("click", show);
        table.parentElement.before(el("div", { class: "tools" }, el("label", {}, "Find " + what, box), output));
        table.parentElement.after(el("div", { class: "pager" }, more));
        show();
    }

    /* ---- tables that are filled from the data, a page at a time ---- */

    /*
     * `all`: the items; `keys`: what each column sorts by; `row(item)` makes a row; `filters`: elements of the tool bar with a function
     * (item) => bool for each; `what`: what the items are called.
     */
    function paged(id, all, keys, row, filters, what) {
        const table = document.getElementById(id + "-table"), body = table.tBodies[0], pager = document.getElementById(id + "-pager");
        const output = el("output", { "aria-live": "polite" });
        let list = all, sorted = all, page = 0;
        const back = el("button", { type: "button", class: "button", on: () => turn(-1) }, "Previous");
        const next = el("button", { type: "button", class: "button", on: () => turn(1) }, "Next");
        const place = el("span", {});

        function show() {
            const pages = Math.max(1, Math.ceil(list.length / PER_PAGE));
            page = Math.min(page, pages - 1);
            const part = list.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
            body.replaceChildren(...part.map(row));
            if (!part.length) body.append(el("tr", {}, el("td", { colspan: keys.length }, "None.")));
            output.textContent = (list.length === all.length ? "" : number.format(list.length) + " of ") + plural(all.length, ...what);
            place.textContent = "Page " + number.format(page + 1) + " of " + number.format(pages);
            back.disabled = page === 0;
            next.disabled = page === pages - 1;
            pager.hidden = pages === 1;
        }
        function turn(by) {
            page += by;
            show();
            table.scrollIntoView({ block: "start" });
        }
        function choose() {
            list = sorted.filter(item => filters.every(f => f.test(item)));
            page = 0;
            show();
        }
        sortable(table, (i, ascending) => {
            sorted = ordered(all, keys[i], ascending);
            choose();
        });
        for (const f of filters) f.input.addEventListener("input", choose);
        document.getElementById(id + "-tools").append(...filters.map(f => f.element), output);
        pager.append(back, place, next);
        show();
        return { show };
    }
    function searchBox(label, text) {
        const input = el("input", { type: "search", autocomplete: "off" });
        return { input, element: el("label", {}, label, input), test: item => !input.value || text(item).includes(input.value.toLowerCase()) };
    }
    function choice(label, names, has) {
        const input = el("select", {}, el("option", { value: "" }, "any"), ...names.map(n => el("option", { value: n }, n)));
        return { input, element: el("label", {}, label, input), test: item => !input.value || has(item, input.value) };
    }
    function least(label, steps, count) {
        const input = el("select", {}, el("option", { value: "0" }, "any"), ...steps.map(n => el("option", { value: n }, n + " or more")));
        return { input, element: el("label", {}, label, input), test: item => count(item) >= Number(input.value) };
    }

    /* ---- the list of stories ---- */

    const opener = s => el("button", { type: "button", class: "link", "data-story": s.id, on: () => { location.hash = s.id; } }, bdi(s.source[TITLE]));

    paged("stories", stories,
        [s => s.source[TITLE], s => s.pages, s => s.outlets, s => s.agencies.join(", "), s => s.silent, s => s.first, s => data.outlets[s.source[OUTLET]]],
        s => el("tr", {}, el("td", { class: "title" }, opener(s)), el("td", { class: "n" }, number.format(s.pages)),
            el("td", { class: "n" }, number.format(s.outlets)), el("td", {}, bdi(s.agencies.join(", "))),
            el("td", { class: "n" }, number.format(s.silent)), el("td", { class: "d" }, when(s.first)),
            el("td", {}, bdi(data.outlets[s.source[OUTLET]]), " ", el("span", { class: "note", title: "confidence" }, s.confidence + "\u00a0%"))),
        [searchBox("Find headline, outlet, agency or id", haystack), choice("Credit", agencies, (s, name) => s.agencies.includes(name)),
            least("Outlets", [3, 5, 10, 20], s => s.outlets), least("Pages without credit", [1, 2, 5], s => s.silent)],
        ["story", "stories"]);

    /* ---- one story ---- */

    const article = document.getElementById("story");
    const list = [...document.getElementById("stories").children].filter(e => e !== article && e.tagName !== "H2");

    function track(s, m, isSource) {
        if (m[WHEN] === null || s.first === null) return null;
        const x = 3 + 94 * (s.last > s.first ? (m[WHEN] - s.first) / (s.last - s.first) : 0) + "%";
        return svg("svg", { class: "track", width: "100%", height: 18, "aria-hidden": "true" }, svg("line", { x1: "0", x2: "100%", y1: 9, y2: 9 }),
            svg("circle", { cx: x, cy: 9, r: isSource ? 5 : 4, class: isSource ? "src" : "dot" }));
    }
    /* What is left of the source's text from its start to its end, and behind it what is new. */
    function strip({ words, added }, total) {
        const e = svg("svg", { class: "strip", width: "100%", height: 14, "aria-hidden": "true" });
        let at = 0;
        words.forEach((n, i) => {
            if (n) e.append(svg("rect", { class: i % 2 ? "off" : "on", x: 100 * at / total + "%", width: 100 * n / total + "%", y: i % 2 ? 5 : 0, height: i % 2 ? 4 : 14 }));
            at += n;
        });
        if (added) e.append(svg("rect", { class: "plus", x: 100 * at / total + 0.6 + "%", width: Math.max(0, 100 * added / total - 0.6) + "%", height: 14 }));
        return e;
    }

    function texts(s) {
        const block = document.getElementById("t-" + s.id);
        return block ? JSON.parse(block.textContent) : null;
    }

    const text = content => el("td", { dir: "auto" }, content);
    function sideRow(kind, left, right) {
        return el("tr", { class: kind }, el("th", { scope: "row", class: "what" }, kind), left, right);
    }
    /*
     * R, the rows of a difference: n paragraphs of the source kept, -n cut, or an array of pieces: n characters of the source kept, -n cut,
     * behind the white space before them, or a text added. Tells `whole` of each of
     * the first kind, `piece` of each of the second (mark, space before it, text) and `end` of the end of a row of these.
     */
    function walk(paragraphs, rows, whole, piece, end) {
        let at = 0, from = 0;
        for (const row of rows) {
            if (typeof row === "number") {
                for (let i = 0; i < Math.abs(row); i++, at++) whole(paragraphs[at], row > 0);
                continue;
            }
            let old = false;
            for (const p of row) {
                if (typeof p === "string") {
                    piece("+", p[0] === " " ? " " : "", p.replace(/^ /, ""));
                    continue;
                }
                let space = "";
                while (at < paragraphs.length && from >= paragraphs[at].length) {
                    at++;
                    from = 0;
                    space = "\n";
                }
                const line = paragraphs[at] || "";
                for (; /[\t-\r ]/.test(line[from] || ""); from++) space = space || " ";
                piece(p > 0 ? "=" : "-", old ? space : space.trim(), line.slice(from, from + Math.abs(p)));
                from += Math.abs(p);
                old = true;
            }
            if (old && at < paragraphs.length && from >= paragraphs[at].length) {
                at++;
                from = 0;
            }
            end(old);
        }
    }
    function sides(paragraphs, rows) {
        const out = [];
        let left = text(), right = text(), added = false;
        walk(paragraphs, rows, (line, kept) => {
            if (kept) out.push(sideRow("kept", text(line), text(line)));
            else out.push(sideRow("cut", text(el("del", {}, line)), text()));
        }, (mark, space, words) => {
            if (mark !== "+") left.append(left.hasChildNodes() ? space : "", mark === "-" ? el("del", {}, words) : words);
            if (mark !== "-") right.append(right.hasChildNodes() ? space || (added ? " " : "") : "", mark === "+" ? el("ins", {}, words) : words);
            added = mark === "+" && !/\s$/.test(words);
        }, old => {
            out.push(sideRow(old ? "changed" : "added", left, right));
            left = text();
            right = text();
            added = false;
        });
        return out;
    }
    /* How much of the source is kept and cut in turns, and how much is new, in characters. */
    function turns(paragraphs, rows) {
        const words = [0];
        let added = 0;
        const count = (kept, n) => {
            if (kept !== (words.length % 2 === 1)) words.push(0);
            words[words.length - 1] += n;
        };
        walk(paragraphs, rows, (line, kept) => count(kept, line.length), (mark, space, t) => {
            if (mark === "+") added += t.length;
            else count(mark === "=", t.length);
        }, () => {});
        return { words, added, all: words.reduce((a, b) => a + b, 0) + added };
    }

    function name(m) {
        return [bdi(data.outlets[m[OUTLET]] || "(no outlet)"), ", " + when(m[WHEN])];
    }
    function comparison(s, i, t) {
        const m = s.members[i], box = el("div", { id: "compare", tabindex: "-1" });
        box.append(el("h4", {}, "What ", bdi(data.outlets[m[OUTLET]]), " made of it"));
        if (m[TITLE] !== s.source[TITLE])
            box.append(el("p", { class: "retitled" }, "Retitled: ", el("del", {}, bdi(s.source[TITLE])), " ", el("ins", {}, bdi(m[TITLE]))));
        if (i === s.at) {
            box.append(el("p", { class: "note" }, "The likely source itself."));
        } else if (m[CUT] === 0 && m[ADDED] === 0) {
            box.append(el("p", {}, "The same text, word for word."));
        } else if (!t || !t.m[i]) {
            box.append(el("p", {}, "These texts are not in this page for want of room. ", el("code", {}, "pressmark diff " + s.source[ID] + " " + m[ID]),
                " compares them."));
        } else {
            box.append(el("p", { class: "note" }, plural(m[SHARED], "word") + " of it are in the source, " + plural(m[CUT], "word") + " of the source were cut, "
                + plural(m[ADDED], "word") + " added."),
            el("table", { class: "sides" }, el("caption", { class: "hidden" }, "Source and this page, paragraph by paragraph"),
                el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "what" }, ""), el("th", { scope: "col" }, "Source: ", ...name(s.source)),
                    el("th", { scope: "col" }, ...name(m)))),
                el("tbody", {}, ...sides(t.p, t.m[i]))));
        }
        return box;
    }

    function memberRow(s, i, t, compare) {
        const m = s.members[i], isSource = i === s.at, p = m[PREVIOUS] >= 0 ? s.members[m[PREVIOUS]] : null;
        const same = isSource || (m[CUT] === 0 && m[ADDED] === 0);
        const head = el("td", { class: "title" }, link(m, m[TITLE]));
        if (m[TITLE] !== s.source[TITLE]) head.append(el("span", { class: "tag" }, "retitled"));
        const credit = el("td", {}, m[CREDIT] >= 0 ? bdi(data.credits[m[CREDIT]]) : null);
        if (m[CREDIT] < 0 && s.agencies.length) credit.append(el("span", { class: "tag miss" }, "no credit"));
        const note = p ? el("span", { class: "note" }, "follows ", bdi(data.outlets[p[OUTLET]]), ", " + percent(m[FOLLOWS])) : null;
        return el("tr", { "data-i": i },
            el("td", { class: "d" }, when(m[WHEN]), track(s, m, isSource)),
            el("th", { scope: "row" }, bdi(data.outlets[m[OUTLET]] || "(no outlet)"), isSource ? el("span", { class: "tag" }, "likely source") : null, note),
            credit, head, el("td", {}, version(m[VERSION])),
            el("td", { class: "barred" }, s.turns[i] ? strip(s.turns[i], s.most) : same && t ? strip({ words: [s.length], added: 0 }, s.most) : null),
            el("td", { class: "n" }, isSource ? "" : percent(m[LIKE])), el("td", { class: "n" }, isSource ? "" : number.format(m[CUT])),
            el("td", { class: "n" }, isSource ? "" : number.format(m[ADDED])),
            el("td", { class: "noprint" }, el("button", { type: "button", class: "link", "aria-pressed": "false", on: () => compare(i) }, "Compare")));
    }

    function storyView(s) {
        const t = texts(s), box = el("div", {});
        s.length = t ? t.p.reduce((n, line) => n + line.length, 0) : 0;
        s.turns = s.members.map((m, i) => t && t.m[i] ? turns(t.p, t.m[i]) : null);
        s.most = Math.max(1, s.length, ...s.turns.map(x => x ? x.all : 0));
        const heads = ["Date (UTC)", "Outlet", "Credit", "Headline", "Version", "What it has of the source", "Shared", "Cut", "Added", null];
        const table = el("table", { class: "pages" }, el("caption", {}, "Shared: of the shorter text, this or the source\u2019s, how much is in the other. Cut, added: words, against "
            + "the source. The strip shows the source\u2019s text from start to end: full height where this page has it, thin where it was cut, hatched "
            + "what is new. Follows: the earlier page most alike, and how much they share."));
        const head = el("tr", {}), body = el("tbody", {});
        heads.forEach((h, i) => {
            const th = el("th", { scope: "col", class: i > 5 ? "n" : "" }, h === null ? el("span", { class: "hidden" }, "Compare") : h);
            if (i === 0 && s.last > s.first) th.append(el("span", { class: "axis-row" }, el("span", {}, "0"), el("span", {}, span(s.last - s.first))));
            head.append(th);
        });
        function compare(i) {
            const old = document.getElementById("compare"), fresh = comparison(s, i, t);
            if (old) old.replaceWith(fresh);
            else box.append(fresh);
            for (const row of body.rows) {
                const is = Number(row.dataset.i) === i;
                row.classList.toggle("sel", is);
                row.querySelector("[aria-pressed]").setAttribute("aria-pressed", String(is));
            }
            return fresh;
        }
        const go = i => {
            const fresh = compare(i);
            fresh.focus({ preventScroll: true });
            fresh.scrollIntoView({ block: "start" });
        };
        body.append(...s.members.map((m, i) => memberRow(s, i, t, go)));
        table.append(el("thead", {}, head), body);
        box.append(el("p", {}, el("button", { type: "button", class: "button noprint", on: () => { location.hash = "stories"; } }, "\u2190 All stories")),
            el("h3", { id: "story-h", tabindex: "-1" }, bdi(s.source[TITLE])),
            el("dl", { class: "facts" },
                el("dt", {}, "Ran in"), el("dd", {}, plural(s.outlets, "outlet") + ", " + plural(s.pages, "page")
                    + (s.last > s.first ? ", within " + span(s.last - s.first) : "")),
                el("dt", {}, "Credited"), el("dd", {}, s.agencies.length ? bdi(s.agencies.join(", ")) : "no agency",
                    s.silent ? " (" + plural(s.silent, "page") + " without)" : ""),
                el("dt", {}, "Likely source"), el("dd", {}, ...name(s.source), " (" + s.confidence + " % sure): " + s.reasons),
                el("dt", {}, "Story"), el("dd", {}, el("code", {}, s.id))),
            el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Pages of the story" }, table));
        if (s.pages > s.members.length)
            box.append(el("p", { class: "note" }, "Not shown: " + plural(s.pages - s.members.length, "page") + ". ",
                el("code", {}, "pressmark dedupe --report --csv --cluster " + s.id), " lists them all."));
        const changed = s.members.findIndex((m, i) => i !== s.at && t && t.m[i]);
        if (changed >= 0) compare(changed);
        return box;
    }

    function route() {
        const s = byId.get(location.hash.slice(1));
        for (const e of list) e.hidden = Boolean(s);
        article.hidden = !s;
        article.replaceChildren();
        if (!s) return;
        article.append(storyView(s));
        const head = document.getElementById("story-h");
        head.focus({ preventScroll: true });
        document.getElementById("stories").scrollIntoView({ block: "start" });
    }
    window.addEventListener("hashchange", route);

    /* ---- missing credits ---- */

    const silent = stories.flatMap(s => s.agencies.length ? s.members.filter(m => m[CREDIT] < 0).map(m => ({ s, m })) : []);
    /* Those that share most with pages that mostly give a credit come first. */
    const weight = x => x.s.credited / x.s.members.length * x.m[LIKE];
    silent.sort((a, b) => weight(b) - weight(a));
    const outlet = x => data.outlets[x.m[OUTLET]];
    paged("missing", silent,
        [outlet, x => x.m[TITLE], x => x.m[WHEN], x => x.s.agencies.join(", "), x => x.s.credited / x.s.members.length, x => x.m[LIKE]],
        x => el("tr", {}, el("th", { scope: "row" }, bdi(outlet(x) || "(no outlet)")),
            el("td", { class: "title" }, link(x.m, x.m[TITLE]), " ",
                el("button", { type: "button", class: "link note", on: () => { location.hash = x.s.id; } }, "story")),
            el("td", { class: "d" }, when(x.m[WHEN])), el("td", {}, bdi(x.s.agencies.join(", "))),
            el("td", { class: "n" }, x.s.credited + " of " + x.s.members.length), el("td", { class: "n" }, percent(x.m[LIKE]))),
        [searchBox("Find outlet or headline", x => (outlet(x) + "\n" + x.m[TITLE]).toLowerCase()), choice("Others credit", agencies, (x, n) => x.s.agencies.includes(n)),
            least("Text shared with source, %", [50, 75, 90, 99], x => x.m[LIKE] / 10)],
        ["page"]);
    route();
})();
