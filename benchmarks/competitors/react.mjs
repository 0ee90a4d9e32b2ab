// The same issue as a react-email component: `node react.mjs cold CONTENT` or `node react.mjs warm CONTENT SECONDS`.
import { readFileSync } from "node:fs";
import { Body, Button, Column, Container, Head, Heading, Html, Img, Link, Row, Section, Text } from "@react-email/components";
import { render } from "@react-email/render";
import { createElement as h } from "react";
import { timed } from "./timing.mjs";

const content = JSON.parse(readFileSync(process.argv[3], "utf8"));
const { theme } = content;
const title = { margin: 0, fontFamily: theme.title_font, fontWeight: "bold" };
const ink = { color: theme.ink, textDecoration: "none" };
const quiet = { margin: 0, fontSize: "14px", lineHeight: "20px", color: theme.quiet };
const body = { margin: 0, paddingTop: "8px", fontSize: "16px", lineHeight: "25px", color: theme.ink };
const picture = { display: "block", width: "100%", height: "auto", borderRadius: theme.radius, backgroundColor: theme.tint };

const Picture = ({ post, width }) =>
  h(Link, { className: "frame", href: post.url, style: { textDecoration: "none" } },
    h(Img, { className: "picture tint quiet", src: post.picture, alt: post.alt, width, style: picture }));

const Words = ({ post, size, children }) => [
  h(Heading, { key: 1, as: "h2", style: { ...title, fontSize: size, lineHeight: "1.3" } },
    h(Link, { className: "ink", href: post.url, style: { ...ink, display: "block", padding: "9px 0" } }, post.title)),
  h(Text, { key: 2, className: "meta quiet", style: quiet }, post.about),
  h(Text, { key: 3, className: "excerpt ink", style: body }, post.excerpt, children),
];

const Featured = ({ post }) =>
  h(Section, { className: "gutter", style: { padding: "0 24px" } },
    h(Picture, { post, width: 552 }),
    h(Words, { post, size: "26px" }),
    h(Button, {
      className: "button", href: post.url,
      style: { margin: "16px 0 24px", padding: "13px 28px", backgroundColor: theme.accent, borderRadius: theme.radius,
        color: theme.on_accent, fontSize: "16px", fontWeight: "bold", lineHeight: "20px" },
    }, content.read_on));

const Post = ({ post }) =>
  h(Section, { className: "gutter", style: { padding: "0 24px" } },
    h(Row, { className: "row rule", style: { borderTop: `1px solid ${theme.hairline}` } },
      h(Column, { className: "words", style: { padding: "15px 0 24px", verticalAlign: "top" } },
        h(Words, { post, size: "20px" }, " ",
          h(Link, { className: "on accent", href: post.url, style: { color: theme.accent, textDecoration: "underline" } }, content.read_on))),
      h(Column, { className: "thumb", width: 128, style: { padding: "24px 0 24px 24px", verticalAlign: "top" } },
        h(Picture, { post, width: 128 }))));

const Letter = () =>
  h(Html, { lang: "en" },
    h(Head, null, h("title", null, content.subject), h("style", { dangerouslySetInnerHTML: { __html: content.css } })),
    h(Body, { className: "canvas", style: { margin: 0, backgroundColor: theme.canvas, fontFamily: theme.body_font } },
      h(Container, { className: "surface", style: { maxWidth: "600px", backgroundColor: theme.surface } },
        h(Section, { className: "gutter", style: { padding: "32px 24px 24px" } },
          h(Heading, { as: "h1", className: "name ink", style: { ...title, fontSize: "28px", lineHeight: "34px" } },
            h(Link, { className: "ink", href: content.newsletter.url, style: ink }, content.newsletter.name)),
          h(Text, { className: "meta bar quiet", style: { ...quiet, borderBottom: `3px solid ${theme.accent}` } }, content.line)),
        content.posts.map((post, n) => h(n ? Post : Featured, { key: post.url, post }))),
      h(Container, { style: { maxWidth: "600px", padding: "24px" } },
        h(Text, { className: "foot quiet", style: quiet }, content.why),
        h(Link, { className: "foot quiet", href: content.newsletter.unsubscribe, style: quiet }, content.unsubscribe),
        h(Text, { className: "foot quiet", style: quiet }, content.newsletter.address))));

const page = () => render(h(Letter));
if (process.argv[2] === "cold") process.stdout.write(await page());
else console.log(JSON.stringify(await timed(page, Number(process.argv[4]))));
