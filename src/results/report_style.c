// SPDX-License-Identifier: Apache-2.0
/* How the page looks, on a screen, on a telephone and on paper. Fonts are those of the reader's machine. */
#include "results/report_style.h"

const char *const kd_report_style[] = {
    ":root{--ink:#15212b;--soft:#52616d;--line:#dbe2e8;--tint:#f3f6f8;--blue:#0072B2;"
    "--sans:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans','Noto Sans JP',sans-serif;"
    "--serif:'Iowan Old Style','Palatino Linotype',Palatino,Georgia,'Times New Roman',serif}",
    "*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}"
    "body{margin:0;background:#fff;color:var(--ink);font:15.5px/1.5 var(--sans)}"
    "main{max-width:898px;margin:0 auto;padding:36px 24px 72px}",
    "header{border-bottom:3px solid var(--ink);padding-bottom:12px;margin-bottom:20px}"
    ".eyebrow{font-size:12px;letter-spacing:.1em;text-transform:uppercase;color:var(--soft)}"
    "h1,h2,h3{font-family:var(--serif);line-height:1.22}h1{font-size:31px;margin:2px 0 6px}"
    "h2{font-size:22px;margin:46px 0 6px;padding-top:12px;border-top:1px solid var(--line)}"
    "h3,figcaption{font:600 16.5px/1.3 var(--serif);margin:24px 0 4px}",
    ".answer{font:20.5px/1.45 var(--serif);margin:18px 0 8px}.answer b{white-space:nowrap}"
    ".small{font-size:12.5px;color:var(--soft);margin:6px 0 10px}"
    ".flag{background:#fff6e5;border-left:4px solid #E69F00;padding:8px 12px;font-size:13.5px;margin:12px 0}",
    ".scroll+.scroll{margin-top:14px}.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:10px;margin:18px 0}"
    ".card{background:var(--tint);border-radius:6px;padding:11px 14px}.card div{font-size:12.5px;color:var(--soft)}"
    ".card .big{font-size:25px;line-height:1.25;font-weight:650;letter-spacing:-.01em;color:var(--ink)}"
    ".card .big span{font-size:13px;font-weight:400;letter-spacing:0;color:var(--soft)}",
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:13.5px;"
    "font-variant-numeric:tabular-nums}"
    "th{text-align:right;font-weight:600;color:var(--soft);border-bottom:1.5px solid var(--ink);padding:5px 8px;"
    "font-size:12px;vertical-align:bottom}td{text-align:right;border-bottom:1px solid var(--line);padding:4px 8px;"
    "vertical-align:top}th.t,td.t{text-align:left}td:first-child,th:first-child{padding-left:0}",
    "tr.stage td{text-align:left;font:600 14.5px var(--serif);padding-top:14px;border-bottom-color:#aab6bf}"
    ".key{font:11px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;color:#6b7984;margin-left:7px;"
    "overflow-wrap:anywhere}td{white-space:nowrap}td.t{white-space:normal}td.u{white-space:nowrap}td.v{font-size:12px;"
    "color:var(--soft)}b.n{font-weight:650}",
    "figure{margin:10px 0 2px}svg{width:100%;height:auto;display:block;margin:6px 0;font-family:var(--sans)}"
    ".pair{display:grid;grid-template-columns:1fr 1fr;gap:0 20px}"
    "svg .grid{stroke:#e3e9ee}svg .zero,svg .axis{stroke:#15212b}"
    "svg .mark{stroke:#15212b;stroke-width:1.4;stroke-dasharray:3 3}svg .join{stroke:#9aa3ab}"
    "svg .range{stroke:#15212b;stroke-width:1.6}svg .band{stroke:#0072B2;stroke-width:2.4;stroke-opacity:.55}",
    "svg text{fill:#15212b;font-size:12.5px}svg .tick{fill:#52616d;font-size:11.5px}"
    "svg .label{fill:#52616d;font-size:12px}svg .name{font-weight:600}"
    "svg .tiny{fill:#6b7984;font-size:10px}svg .column{fill:#52616d;font-size:11.5px;font-style:italic}",
    "details{margin:4px 0 14px}summary{cursor:pointer;color:var(--blue);font-size:12.5px;padding:2px 0}"
    "code{font:12px ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}",
    "@media(max-width:680px){body{font-size:15px}main{padding:20px 14px 50px}.cards{grid-template-columns:1fr 1fr}"
    "h1{font-size:24px}.answer{font-size:17.5px}.answer b{white-space:normal}.pair{grid-template-columns:1fr}"
    ".card .big{font-size:21px}figure.wide{overflow-x:auto}figure.wide svg{width:700px}.pair figure.wide "
    "svg{width:100%}table{font-size:12.5px}"
    "th,td{padding:4px 5px}.headline .key{display:none}.headline td:nth-child(6),"
    ".headline th:nth-child(6){display:none}}",
    "@page{margin:15mm 14mm}@media print{body{font-size:10.5pt}main{max-width:none;padding:0}"
    "h2{margin-top:26px}h2,h3,figcaption{break-after:avoid}figure,.cards,tr,.keep{break-inside:avoid}"
    "details:not([open]),.screen{display:none}.card,.flag,rect,path,circle{print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}.answer{font-size:14.5pt}.pair{grid-template-columns:1fr 1fr}"
    "table{font-size:9pt}td{padding:3px 6px}}",
    0};
