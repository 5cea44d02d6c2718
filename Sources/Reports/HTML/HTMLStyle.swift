extension HTMLReport {
  /// Every colour pair meets WCAG AA in both schemes; no rule asks for anything from outside.
  static let styleSheet: StaticString = """
    :root{color-scheme:light dark;--paper:#f5f4f0;--sheet:#fff;--ink:#17212b;--soft:#3d4a57;\
    --muted:#5c6875;--line:#dfdcd3;--faint:#eeece6;--link:#0a5a78;--focus:#0a5a78;\
    --ok:#17693f;--ok-b:#e2f1e7;--warn:#7d4a00;--warn-b:#fbedd3;--open:#54469a;--open-b:#ebe8f7;\
    --bad:#a51d18;--bad-b:#fbe4e1;--solid:#24604a;--hatch:#7fb39c;--track:#e4e1d8;\
    --top:#13222f;--top-ink:#f2f4f5;--top-soft:#b4c2cd;--mark:#ffe08a;--mark-ink:#2b2000;\
    --src:#faf9f6;--hit:#f7f0dd;\
    --serif:Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif",Georgia,serif;\
    --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;\
    --mono:ui-monospace,SFMono-Regular,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    @media (prefers-color-scheme:dark){:root{--paper:#10161c;--sheet:#171f27;--ink:#e7ebee;\
    --soft:#c3ccd4;--muted:#97a4b0;--line:#2b3640;--faint:#1f2932;--link:#7cc4e4;--focus:#7cc4e4;\
    --ok:#7fd3a4;--ok-b:#15342a;--warn:#f0bd6a;--warn-b:#37290f;--open:#b9aef2;--open-b:#28234a;\
    --bad:#ff9a90;--bad-b:#431b1a;--solid:#5fb491;--hatch:#3f7a64;--track:#2b3640;\
    --top:#0b1117;--top-ink:#eef2f4;--top-soft:#a4b3bf;--mark:#6b5312;--mark-ink:#fff3cf;\
    --src:#121920;--hit:#26241a}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.55 var(--sans);\
    overflow-wrap:break-word}
    a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
    a:hover{text-decoration-thickness:2px}
    :focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
    ul{list-style:none;margin:0;padding:0}
    h1,h2,h3,h4,p,dl,dd,pre{margin:0}
    code,pre{font-family:var(--mono);font-size:.875em;unicode-bidi:isolate}
    code{overflow-wrap:anywhere}
    .wrap,main{max-width:74rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
    .vh,.defs{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .skip{position:absolute;left:1rem;top:-4rem;background:var(--sheet);padding:.5rem 1rem;z-index:1}
    .skip:focus{top:1rem}
    .muted{color:var(--muted)}
    .num,td.r,.n,.figure{font-variant-numeric:tabular-nums}
    .u{font:600 .72em/1 var(--mono);padding:.1em .3em;border-radius:3px;background:var(--bad-b);\
    color:var(--bad);white-space:nowrap;unicode-bidi:isolate}
    .i{width:1em;height:1em;flex:none;fill:currentColor}
    .top{background:var(--top);color:var(--top-ink);--track:#33444f;--solid:#67bd99;--hatch:#4a8570;\
    --focus:#9fd8ef}
    .brand{display:flex;gap:.75rem;align-items:baseline;padding:1.4rem 0 0;font-size:.9rem;\
    color:var(--top-soft)}
    .brand b{font:700 1.15rem var(--serif);color:var(--top-ink);letter-spacing:.01em}
    .lead{display:grid;gap:2rem;padding:2.6rem 0 2.2rem}
    .status{display:inline-flex;align-items:center;gap:.5em;font-weight:650;font-size:.95rem;\
    padding:.28em .8em .28em .6em;border-radius:99px}
    .status.bad{background:#5a1d1c;color:#ffc9c3}.status.warn{background:#4c3710;color:#ffdc9e}
    .status.ok{background:#174936;color:#b9f0d2}.status.open{background:#352e62;color:#d9d2ff}
    .status.plain{background:#33444f;color:#eef2f4;padding-left:.8em}
    h1{font:600 clamp(1.7rem,1.1rem + 2.4vw,2.75rem)/1.18 var(--serif);letter-spacing:-.012em;\
    margin:.9rem 0 1rem;max-width:22em;text-wrap:balance}
    .detail{color:var(--top-soft);max-width:38em}
    .overall{align-self:end}
    .figure{display:flex;align-items:baseline;gap:.5rem;margin-bottom:.7rem}
    .figure .label{color:var(--top-soft)}
    .figure b{font:600 2.6rem/1 var(--serif);letter-spacing:-.01em}
    .figure span{color:var(--top-soft)}
    .bar{display:flex;height:.6rem;border-radius:3px;overflow:hidden;background:var(--track)}
    .bar i{display:block;background:var(--solid)}
    .bar .h{background:repeating-linear-gradient(135deg,var(--hatch) 0 2px,transparent 2px 5px);\
    box-shadow:inset 0 0 0 1px var(--hatch)}
    .overall .bar{height:1rem}
    .scale{display:flex;justify-content:space-between;font-size:.75rem;color:var(--top-soft);\
    padding-top:.25rem}
    .scale i{font-style:normal}
    .overall .note{font-size:.875rem;color:var(--top-soft);margin-top:.6rem}
    nav{border-top:1px solid #2a3c49;overflow-x:auto;scrollbar-width:none}
    nav ul{display:flex;gap:.25rem;margin:0 -.75rem}
    nav a{display:block;padding:.8rem .75rem;color:var(--top-ink);text-decoration:none;\
    white-space:nowrap;font-size:.925rem}
    nav a:hover{text-decoration:underline}
    nav a:focus-visible{outline-offset:-4px}
    nav span{color:var(--top-soft);font-variant-numeric:tabular-nums;margin-left:.15rem}
    main{padding-top:2rem;padding-bottom:4rem}
    section{margin-top:3.5rem}
    section:first-child{margin-top:0}
    section>h2{font:600 1.65rem/1.25 var(--serif);letter-spacing:-.005em}
    .intro{color:var(--muted);max-width:44em;margin-top:.35rem}
    .cards{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:1px;\
    background:var(--line);border:1px solid var(--line);border-radius:10px;overflow:hidden}
    .cards>li{background:var(--sheet);padding:1.15rem 1.3rem 1.25rem;font-size:.9rem;\
    color:var(--soft)}
    .cards h2{font:600 .9rem var(--sans);color:var(--muted)}
    .cards .n{font:600 2.3rem/1.2 var(--serif);color:var(--ink);margin:.15rem 0 .35rem}
    .cards small{font:400 .95rem var(--sans);color:var(--muted)}
    .split li{display:inline}
    .split li:not(:last-child)::after{content:" · ";color:var(--muted)}
    .split b{font-weight:600;color:var(--ink);font-variant-numeric:tabular-nums}
    table{width:100%;border-collapse:collapse;margin-top:1.2rem;font-size:.94rem}
    th,td{text-align:left;vertical-align:top;padding:.85rem 1rem;unicode-bidi:isolate}
    thead th{font-weight:600;font-size:.84rem;color:var(--muted);padding-top:0;padding-bottom:.55rem;\
    vertical-align:bottom}
    tbody tr{border-top:1px solid var(--line)}
    tbody tr:last-child{border-bottom:1px solid var(--line)}
    tbody th{font-weight:600}
    th:first-child,td:first-child{padding-left:0}
    th:last-child,td:last-child{padding-right:0}
    .r{text-align:right}
    .zero{color:var(--muted)}
    .matrix{table-layout:fixed}
    .matrix thead th:first-child{width:23%}
    .matrix:not(.fate) thead th:nth-child(2){width:11%}
    .fate thead th:nth-child(2){width:34%}
    .matrix tr:target{background:var(--hit)}
    .name{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;\
    overflow-wrap:anywhere}
    .sub{display:block;font-weight:400;font-size:.84rem;color:var(--muted);overflow-wrap:anywhere;\
    margin-top:.1rem}
    .score .num{font-weight:600;display:block;margin-bottom:.35rem}
    .verdict{display:inline-flex;align-items:center;gap:.4em;font-weight:600;font-size:.88rem;\
    line-height:1.3;padding:.2em .65em .2em .5em;border-radius:6px}
    .ok{color:var(--ok)}.warn{color:var(--warn)}.bad{color:var(--bad)}.verdict.open{color:var(--open)}
    .verdict.ok{background:var(--ok-b)}.verdict.warn{background:var(--warn-b)}
    .verdict.bad{background:var(--bad-b)}.verdict.open{background:var(--open-b)}
    .by{margin-top:.4rem;font:.8rem/1.5 var(--mono);color:var(--muted)}
    .by li{overflow-wrap:anywhere}
    .rest{font-size:.8rem;margin-top:.15rem}
    .rest summary{color:var(--link);cursor:pointer}
    .or{color:var(--muted)}
    .scroll{overflow-x:auto}
    .steps td,.steps th{white-space:nowrap;vertical-align:middle}
    .steps .wide{width:32%;min-width:9rem}
    .steps td.wide.muted{font-size:.88rem;white-space:normal}
    .steps .num{font-weight:600}
    h3{font:600 1.12rem/1.4 var(--sans)}
    #findings~h3{margin:2rem 0 .6rem}
    .rule{background:var(--sheet);border:1px solid var(--line);border-radius:10px;margin-top:.7rem;\
    content-visibility:auto;contain-intrinsic-size:auto 4rem}
    .rule>summary{display:flex;flex-wrap:wrap;align-items:baseline;gap:.3rem .75rem;cursor:pointer;\
    padding:.85rem 1.2rem;list-style:none;border-radius:10px}
    .rule>summary::-webkit-details-marker{display:none}
    .rule>summary::after{content:"";width:.5em;height:.5em;border:solid var(--muted);\
    border-width:0 2px 2px 0;transform:rotate(45deg);align-self:center;margin:-.2em .2em 0 0}
    .rule[open]>summary::after{transform:rotate(-135deg);margin-top:.2em}
    .rule>summary:hover .title{text-decoration:underline;text-underline-offset:.2em;\
    text-decoration-thickness:1px}
    .title{font-weight:600}
    .rule>summary code{color:var(--muted);font-size:.82rem}
    .count{color:var(--muted);font-size:.88rem;font-weight:400;margin-left:auto;\
    font-variant-numeric:tabular-nums}
    .sev{font-weight:650;font-size:.8rem;line-height:1.3;padding:.16em .6em;border-radius:5px;\
    min-width:5.7em;text-align:center;white-space:nowrap}
    .sev.blocker{background:#a51d18;color:#fff}
    .sev.high{background:var(--bad-b);color:var(--bad)}
    .sev.medium{background:var(--warn-b);color:var(--warn)}
    .sev.low{background:var(--faint);color:var(--soft)}
    .sev.info{color:var(--muted);box-shadow:inset 0 0 0 1px var(--line)}
    .body{border-top:1px solid var(--line);padding:0 1.2rem .4rem;scroll-margin-top:4rem}
    .about{padding:1rem 0;font-size:.94rem}
    .about>div{display:grid;grid-template-columns:5.5rem 1fr;gap:.15rem 1rem;padding:.2rem 0}
    dt{color:var(--muted)}
    .about dd{max-width:58em}
    .effort{color:var(--muted);white-space:nowrap;font-size:.88rem}
    .effort::before{content:"· "}
    .effects{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem}
    .effects span{color:var(--muted)}
    .effects b{font-weight:600}
    .refs li,.facts li{overflow-wrap:anywhere}
    .f{border-top:1px solid var(--line);padding:1rem 0 1.1rem;scroll-margin-top:1rem}
    .f:target,.lines li:target{box-shadow:-.75rem 0 0 -.5rem var(--focus)}
    .where{display:flex;flex-wrap:wrap;gap:.1rem .9rem;align-items:baseline;font-size:.92rem}
    .place{text-decoration:none}
    .place:hover{text-decoration:underline}
    .w{color:var(--soft);display:inline-block;max-width:min(100%,26em);overflow:hidden;\
    text-overflow:ellipsis;white-space:nowrap;vertical-align:bottom;unicode-bidi:isolate}
    .msg{margin:.2rem 0 0;max-width:52em;overflow-wrap:anywhere;unicode-bidi:isolate}
    .src{margin-top:.7rem;padding:.55rem 0;background:var(--src);border:1px solid var(--line);\
    border-radius:7px;line-height:1.6;white-space:pre-wrap;word-break:break-all;tab-size:4;\
    font-size:.82rem}
    .src span[data-n]{display:block;padding:0 1rem 0 4.2rem;text-indent:0;position:relative;\
    unicode-bidi:isolate;min-height:1.6em}
    .src span[data-n]::before{content:attr(data-n);position:absolute;left:0;width:3.2rem;\
    text-align:right;color:var(--muted);user-select:none}
    .src .hit{background:var(--hit)}
    .src .hit::before{color:var(--ink);font-weight:700}
    .src i{color:var(--muted);font-style:normal}
    mark{background:var(--mark);color:var(--mark-ink);border-radius:2px;\
    box-shadow:0 0 0 2px var(--mark);-webkit-box-decoration-break:clone;box-decoration-break:clone;\
    text-decoration:underline;text-underline-offset:.25em}
    .trail{margin-top:.55rem;font-size:.84rem;color:var(--muted);overflow-wrap:anywhere}
    .own{margin-top:.5rem;font-size:.92rem}
    .tag{font-weight:600;font-size:.8rem;padding:.12em .55em;border-radius:5px;\
    background:var(--faint);color:var(--soft);white-space:nowrap}
    .tag.bad{background:var(--bad-b);color:var(--bad)}
    .waiver{margin-top:.45rem;font-size:.92rem;color:var(--soft)}
    h4{font:600 .94rem var(--sans);border-top:1px solid var(--line);padding-top:1rem}
    .lines{font-size:.88rem;padding:.4rem 0 1rem}
    .lines li{padding:.2rem 0;overflow-wrap:anywhere}
    .gap{border-top:1px solid var(--line);padding:1rem 0;margin-top:1.2rem}
    .gap+.gap{margin-top:0}
    .gap h3{font-size:1rem;overflow-wrap:anywhere}
    .gap .count{margin-left:.4rem;white-space:nowrap}
    .gap li{font-size:.9rem;padding:.15rem 0;overflow-wrap:anywhere}
    .gap li>span{color:var(--muted);margin-left:.5rem}
    .gap li:target{background:var(--hit)}
    .notices{margin-top:1rem}
    .notices li{border-top:1px solid var(--line);padding:.8rem 0;overflow-wrap:anywhere}
    .notices p{color:var(--soft);max-width:52em}
    .files{margin-top:.8rem}
    .files>summary{cursor:pointer;color:var(--link);width:fit-content}
    .files td,.files tbody th{padding-top:.5rem;padding-bottom:.5rem;font-weight:400}
    .plain:is(ul){margin-top:.8rem}
    ul.plain li{padding:.35rem 0 .35rem 1.2rem;position:relative;max-width:52em}
    ul.plain li::before{content:"";position:absolute;left:0;top:1em;width:.45em;height:.45em;\
    border-radius:2px;background:var(--hatch)}
    footer{border-top:1px solid var(--line);padding:1.5rem 0 2.5rem;font-size:.84rem;\
    color:var(--muted)}
    footer dl>div{display:grid;grid-template-columns:5.5rem 1fr;gap:.1rem 1rem}
    @media (min-width:60rem){.lead{grid-template-columns:minmax(0,1fr) 20rem;gap:4rem}}
    @media (max-width:60rem){.cards{grid-template-columns:1fr 1fr}}
    @media (min-width:44.01rem) and (max-width:60rem){
    :is(.matrix,.steps) :is(td,th):not(:first-child){padding-left:.5rem;padding-right:.5rem}
    .steps thead th{white-space:normal}
    .steps .wide{width:24%;min-width:6rem}}
    @media (max-width:44rem){
    .matrix,.matrix tbody,.matrix tr,.matrix th,.matrix td{display:block}
    .matrix thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .matrix tr{padding:.9rem 0}
    .matrix tbody th{padding:0 0 .5rem;font-size:1.02rem}
    .matrix td{display:grid;grid-template-columns:minmax(5rem,8rem) minmax(0,1fr);\
    gap:.1rem 1rem;padding:.3rem 0;align-items:start}
    .matrix td::before{content:attr(data-label);color:var(--muted);font-size:.88rem;\
    grid-row:1/span 9}
    .matrix td>*{grid-column:2;justify-self:start}
    .matrix td .bar{width:100%;max-width:14rem;justify-self:stretch}
    .fate td{display:block;padding-left:0}
    .fate td::before{display:block}
    .fate td:has(>.muted){display:none}
    }
    @media (max-width:44rem){
    body{font-size:.97rem}
    .lead{padding:1.8rem 0 1.6rem;gap:1.6rem}
    section{margin-top:2.6rem}
    nav ul{flex-wrap:wrap;padding:.3rem 0}
    nav a{padding:.4rem .75rem}
    .cards>li{padding:.9rem 1rem 1rem}
    .cards .n{font-size:1.9rem}
    .steps,.steps tbody,.steps tr,.steps th{display:block}
    .steps thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .steps tr{display:grid;grid-template-columns:1fr auto;padding:.9rem 0;gap:.1rem 1rem}
    .steps td,.steps tbody th{padding:0;white-space:normal}
    .steps .wide{width:auto;grid-column:1/-1;padding:.35rem 0}
    .steps td.r{display:none}
    .steps td.c{display:block;grid-column:1/-1;text-align:left;font-size:.86rem;color:var(--muted)}
    .steps td.c:has(.zero){display:none}
    .steps td.c::after{content:" " attr(data-label)}
    .rule>summary,.body{padding-left:.9rem;padding-right:.9rem}
    .rule>summary .title{flex:1 1 60%}
    .rule>summary code{flex-basis:100%;order:3}
    .count{order:4;margin-left:0}
    .rule>summary::after{order:2}
    .about>div{display:block;padding:.3rem 0}
    .src span[data-n]{padding-left:2.9rem;padding-right:.6rem}
    .src span[data-n]::before{width:2.3rem}
    .files table,.files tbody,.files tr,.files th,.files td{display:block}
    .files thead{display:none}
    .files tr{padding:.5rem 0}
    .files td,.files tbody th{display:inline;padding:0 .6rem 0 0}
    .files tbody th{display:block}
    footer dl>div{display:block;padding:.2rem 0}
    }
    @media print{
    :root{color-scheme:light;--paper:#fff;--src:#fff}
    html{font-size:9.5pt}
    .scroll{overflow:visible}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    nav,.skip{display:none}
    .top{background:#fff;color:#000;--top-soft:#444;--top-ink:#000;--track:#ddd;--solid:#24604a;\
    --hatch:#7fb39c}
    .rule{content-visibility:visible;break-inside:auto}
    .rule>summary{break-after:avoid}
    .rule>summary::after{display:none}
    details::details-content{content-visibility:visible;display:block;block-size:auto}
    .f,.gap,tr,.cards>li{break-inside:avoid}
    section>h2,h3,.intro{break-after:avoid}
    }

    """
}
