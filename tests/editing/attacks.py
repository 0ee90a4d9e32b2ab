"""Hostile HTML by kind of attack, all of our own writing; none may survive cleaning as anything active."""

from __future__ import annotations

_CALL = "alert(1)"
_HANDLERS = (
    "onclick onload onerror onmouseover onfocus onblur onbegin onend onanimationstart ontoggle onpointerenter "
    "onwheel onscroll oncopy onpaste ondrag oninput onbeforetoggle onsearch onhashchange ontransitionend"
).split()
_HOSTS = (
    "img src=x",
    "svg",
    "body",
    "a href=https://x.example",
    "video src=x",
    "details open",
    "p",
    "td",
)
_SCHEMES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\r\nscript:alert(1)",
    "java&#09;script:alert(1)",
    "java&#x0A;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&Tab;script:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)",
    "&#0000106&#0000097&#0000118&#0000097script:alert(1)",
    "javascript://garden.example/%0aalert(1)",
    "vbscript:msgbox(1)",
    "livescript:[code]",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "file:///etc/passwd",
    "blob:https://x.example/1",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "jar:https://x.example!/y",
    "ms-its:x",
    "filesystem:https://x.example/x",
    "\u00a0javascript:alert(1)",
    "\u2028javascript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "javascript\x00:alert(1)",
)

HANDLERS = tuple(
    f"<{_HOSTS[n % len(_HOSTS)]} {name}={_CALL}>moss" for n, name in enumerate(_HANDLERS)
)
HANDLER_FORMS = (
    '<img src="x"onerror="alert(1)">',
    "<img src=x onerror = 'alert(1)'>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x\x0conerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    '<img src=x:alert(alt) onerror=eval(src) alt="1">',
    "<IMG SRC=x ONERROR=alert(1)>",
    '<a href="https://x.example" title="x"onmouseover="alert(1)">x</a>',
    "<a href='https://x.example' title='\"><img src=x onerror=alert(1)>'>x</a>",
    '<img alt="<img src=x onerror=alert(1)>" src="https://x.example/a.png">',
    "<img src='https://x.example/a.png' alt='\" onerror=\"alert(1)'>",
    "<p lang='en\" onclick=\"alert(1)'>x</p>",
    "<ol start='1\" onclick=\"alert(1)'><li>x</ol>",
    "<time datetime='1\" onclick=alert(1) '>x</time>",
)
LINKS = tuple(f'<a href="{scheme}">moss</a>' for scheme in _SCHEMES)
PICTURES = tuple(f'<img src="{scheme}">' for scheme in _SCHEMES[::2])
SCRIPTS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
    "<script/x>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<scr<!-- -->ipt>alert(1)</script>",
    "<<script>alert(1);//<</script>",
    "<script>alert(1)",
    "</script><script>alert(1)</script>",
    "<script>'<!--<script>'</script>alert(1)</script>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title><script>alert(1)</script></title>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
)
STYLES = (
    "<style>p{background:url(javascript:alert(1))}</style>",
    "<style>@import '//x.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    '<p style="width:expression(alert(1))">x</p>',
    "<p style='position:fixed;inset:0'>x</p>",
    "<link rel=stylesheet href=//x.example/x.css>",
    "<font style='behavior:url(x)'>x</font>",
    "<table background='javascript:alert(1)'><tr><td>x</table>",
    "<td background=javascript:alert(1)>x",
    "<style><img src='</style><img src=x onerror=alert(1)>'></style>",
)
EMBEDS = (
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=data:text/html,x>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<embed src=data:image/svg+xml,x>",
    "<applet code=x>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<video><source onerror=alert(1) src=javascript:alert(1)></video>",
    "<video poster=javascript:alert(1) src=https://x.example/v.mp4></video>",
    "<audio src=javascript:alert(1) controls></audio>",
    "<portal src=javascript:alert(1)></portal>",
    "<iframe src='https://x.example/' title='<script>alert(1)</script>'></iframe>",
    "<object data=x><param name=movie value=javascript:alert(1)></object>",
)
FORMS = (
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)><option>x</select>",
    "<keygen autofocus onfocus=alert(1)>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
)
FOREIGN = (
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1)></svg>",
    "<svg><foreignObject><script>alert(1)</script></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><desc><p title='</desc><script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><annotation-xml encoding=text/html><script>alert(1)</script></annotation-xml></math>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=alert(1)>#x'></svg>",
)
MIXED = (
    "<p><b><a href='javascript:alert(1)'><i>x</b></a></i>",
    "<table><a href=javascript:alert(1)><tr><td>x",
    "<a href='//x.example' ping='//y.example' target=_blank>x</a>",
    "<p id=x class=y contenteditable>x</p>",
    "<a name=getElementById id=x href=https://x.example>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\ud800<script>alert(1)</script>",
    "<img src='https://x.example/a.png' srcset='javascript:alert(1) 1x'>",
    "<img data-src=javascript:alert(1) src=placeholder.gif>",
    "[video src='javascript:alert(1)']",
    '<p title="<!--"></p><script>alert(1)</script><p title="-->">',
    'https://x.example/"onmouseover=alert(1)',
)

ALL = (
    *HANDLERS, *HANDLER_FORMS, *LINKS, *PICTURES, *SCRIPTS, *STYLES, *EMBEDS, *FORMS, *FOREIGN, *MIXED,
)  # fmt: skip
