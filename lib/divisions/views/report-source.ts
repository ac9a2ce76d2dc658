/**
 * The report of division moves as Typst. Everything that varies comes in as JSON; heads repeat period, scope and page.
 * A4 across: who, what, when and why of a move stand in one row.
 */
export const MOVE_REPORT_SOURCE = `
#let d = json(bytes(sys.inputs.data))
#let ink = rgb("#16191d")
#let dim = rgb("#5b6572")
#let line-colour = rgb("#c9ced6")
#set document(title: "Division moves " + d.period, author: "Tallystick", date: datetime(year: d.made.year, month: d.made.month, day: d.made.day))
#set page(
  paper: "a4",
  flipped: true,
  margin: (x: 14mm, top: 22mm, bottom: 14mm),
  header: context [
    #set text(size: 8pt, fill: dim)
    #grid(
      columns: (1fr, auto),
      [*Division moves* · #d.period · #d.scope],
      [page #counter(page).display() of #counter(page).final().first()],
    )
    #v(-6pt)
    #line(length: 100%, stroke: 0.4pt + line-colour)
  ],
)
#set text(font: "IBM Plex Sans", size: 8pt, lang: "en", fill: ink, fallback: false)
#set par(justify: false)
// Ids and addresses have no spaces to break at: after a sign, and within what is still too long, they may.
#let soft(text) = text.replace(regex("[-:/@_.]"), sign => sign.text + "\\u{200b}").replace(regex("[^\\s\\u{200b}]{16}"), part => part.text + "\\u{200b}")
#show heading: set text(size: 13pt, weight: 600)
= Division moves

#d.period (UTC) · #d.scope · made #d.madeAt for #d.madeFor

#for note in d.notes [- #note
]
#if sys.inputs.replaced == "yes" [- Signs that this document’s fonts lack are shown as code points, such as \\[U+65E5\\]; the CSV holds them as they are.]

#v(4pt)
#table(
  columns: (22mm, 31mm, 38mm, 33mm, 33mm, 25mm, 1fr, 30mm),
  stroke: (x, y) => (bottom: 0.3pt + line-colour),
  inset: (x: 3pt, y: 3.5pt),
  align: left + top,
  table.header(
    ..("Timestamp (UTC)", "Admin user", "Target resource", "Source division", "Target division", "Client IP", "Why", "Review").map(name => text(weight: 600, name)),
  ),
  ..d.rows.map(r => (
    [#r.timestamp],
    [#soft(r.adminUser)],
    [#soft(r.targetResource)],
    [#soft(r.sourceDivisionName)],
    [#soft(r.targetDivisionName)],
    [#soft(r.clientIp)],
    [#soft(r.why)#if r.flags != "" [ \\ #text(fill: rgb("#a3261b"), weight: 600, r.flags)] \\ #text(size: 6pt, fill: dim, font: "IBM Plex Mono", r.id)],
    [#r.review],
  )).flatten(),
)
#if d.rows.len() == 0 [No division move in this period under this filter.]
`;
