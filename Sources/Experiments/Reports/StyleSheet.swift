/// How a report looks: one column of text, tables without boxes, figures as wide as the page; for paper too.
enum StyleSheet {
    static let text = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --ink: #1b2733; --text: #33404c; --note: #5c6873; --rule: #d9dee3; --tint: #f4f6f8;
          --link: #0b5c92; --warn: #b4500f; --warn-tint: #fdf3ea; --fine: #1c7a57; --fine-tint: #edf7f2;
          --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Source Serif 4", Georgia, "DejaVu Serif", serif;
          --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
          --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --paper: #14191f; --ink: #edf1f5; --text: #c6cfd8; --note: #98a4af; --rule: #303a45; --tint: #1c232b;
            --link: #6db8ea; --warn: #f0a35e; --warn-tint: #2b221a; --fine: #5cc79c; --fine-tint: #17261f;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body { margin: 0; background: var(--paper); color: var(--text); font: 17px/1.6 var(--serif);
          overflow-wrap: break-word; hanging-punctuation: first; }
        main { max-width: 892px; margin: 0 auto; padding: 56px 32px 72px; }
        h1, h2, h3, summary, th, td, figcaption, .subtitle, .finding, nav { font-family: var(--sans); }
        h1, h2, h3 { color: var(--ink); line-height: 1.25; text-wrap: balance; font-weight: 650; }
        h1 { font-size: 30px; letter-spacing: -0.012em; margin: 0 0 10px; }
        h2 { font-size: 21px; margin: 52px 0 14px; }
        h3 { font-size: 16.5px; margin: 34px 0 10px; }
        section.level3 h3 { border: 0; }
        header { border-bottom: 1px solid var(--rule); padding-bottom: 20px; }
        .subtitle { margin: 0; color: var(--note); font-size: 15px; }
        p, ul { max-width: 680px; margin: 0 0 14px; text-wrap: pretty; }
        ul { padding-left: 1.2em; }
        li { margin-bottom: 4px; }
        a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
        strong { color: var(--ink); font-weight: 650; }
        code, pre { font-family: var(--mono); font-size: 0.84em; }
        p code, li code { background: var(--tint); border-radius: 3px; padding: 1px 4px; }
        pre { background: var(--tint); border-radius: 6px; padding: 12px 14px; margin: 0 0 16px; line-height: 1.5;
          white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13.5px; }
        pre code { font-size: inherit; }
        table { border-collapse: collapse; margin: 6px 0 20px; font-size: 14.5px; line-height: 1.4; }
        th, td { text-align: left; vertical-align: baseline; padding: 7px 0; font-weight: 400;
          border-bottom: 1px solid var(--rule); font-variant-numeric: tabular-nums lining-nums; }
        th + th, td { padding-left: 26px; }
        thead th { color: var(--note); font-size: 13px; border-bottom-color: var(--note); white-space: nowrap; }
        tbody th { color: var(--text); }
        tr.main th, tr.main td { color: var(--ink); font-weight: 650; }
        .number { text-align: right; }
        .short, .whole { white-space: nowrap; }
        td code, th code { overflow-wrap: anywhere; }
        figure { margin: 10px 0 26px; }
        figure > div > svg { display: block; width: 100%; height: auto; }
        figure > .narrow { display: none; }
        figcaption { color: var(--note); font-size: 14px; line-height: 1.5; margin-top: 6px; max-width: 680px; }
        .finding { border-left: 3px solid var(--rule); padding: 12px 16px 2px; margin: 0 0 16px; font-size: 15px;
          line-height: 1.5; background: var(--tint); border-radius: 0 6px 6px 0; }
        .finding p { margin-bottom: 10px; }
        .finding pre { background: var(--paper); }
        .finding.warning { border-color: var(--warn); background: var(--warn-tint); }
        .finding.warning strong { color: var(--warn); }
        .finding.clear { border-color: var(--fine); background: var(--fine-tint); }
        .finding.clear strong { color: var(--fine); }
        details { margin: 0 0 18px; }
        summary { color: var(--link); font-size: 14.5px; cursor: pointer; margin-bottom: 8px; }
        nav ol { margin: 0; padding-left: 1.3em; font-size: 15px; max-width: 760px; }
        nav li { margin-bottom: 6px; }
        nav li > span { display: block; color: var(--note); font-size: 14px; }
        section.level2[id^="run-"] { border-top: 1px solid var(--rule); margin-top: 60px; }
        section.level2[id^="run-"] h2 { margin-top: 36px; }
        @media screen and (max-width: 640px) {
          body { font-size: 16px; }
          main { padding: 28px 16px 48px; }
          figure > .wide { display: none; }
          figure > .narrow { display: block; }
          h1 { font-size: 24px; }
          h2 { font-size: 19px; margin-top: 40px; }
          /* A wide table becomes a list: each row a block, each cell under its column's name. */
          table.wide thead { display: none; }
          table.wide, table.wide tbody, table.wide tr, table.wide th, table.wide td { display: block; }
          table.wide tr { border-bottom: 1px solid var(--rule); padding: 8px 0; }
          table.wide th, table.wide td { border: 0; padding: 2px 0; text-align: left; }
          table.wide tbody th { color: var(--ink); font-weight: 650; }
          table.wide td[data-column]:not([data-column=""])::before { content: attr(data-column) ": "; color: var(--note);
            font-weight: 400; }
          table.wide td:empty { display: none; }
          table:not(.wide) { width: 100%; }
          th + th, td { padding-left: 12px; }
          table { font-size: 13.5px; }
          thead th { white-space: normal; }
        }
        @media print {
          @page { margin: 16mm 15mm; }
          body { font-size: 10.5pt; }
          main { max-width: none; padding: 0; }
          h1 { font-size: 19pt; }
          h2 { font-size: 14pt; margin-top: 22pt; }
          h3 { font-size: 11.5pt; }
          h1, h2, h3, summary { break-after: avoid; }
          figure, .finding, pre, tr, li { break-inside: avoid; }
          p { orphans: 3; widows: 3; }
          .finding, pre, p code { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          a { color: inherit; text-decoration: none; }
          section.level2[id^="run-"] { break-before: page; border: 0; margin-top: 0; }
          /* What was not opened is not printed. */
          details:not([open]) { display: none; }
        }
        """
}
