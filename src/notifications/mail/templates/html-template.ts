/**
 * One column, tables, styles in the elements and nothing from elsewhere: what mail clients of the last twenty years show
 * alike. Every value is escaped; `{{{` stands nowhere. Values become attributes in two places, `href`, and what may stand
 * there is decided in mail-link.ts.
 */
export const HTML_TEMPLATE = `<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{{subject}}</title>
</head>
<body style="margin:0;padding:0;background:#f3f5f8;color:#1d2733;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f5f8"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border:1px solid #d9e0e7;border-radius:8px"><tr><td style="padding:24px">
<p style="margin:0 0 16px">{{hello}}</p>
<p style="margin:0 0 16px">{{intro}}</p>
{{#if rows.length}}
<table cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;border-collapse:collapse">
{{#each rows}}
<tr><th scope="row" align="left" valign="top" style="padding:4px 16px 4px 0;font-weight:normal;color:#5b6875">{{label}}</th><td valign="top" style="padding:4px 0;word-break:break-word"><strong>{{value}}</strong></td></tr>
{{/each}}
</table>
{{/if}}
{{#each links}}
<p style="margin:0 0 16px;word-break:break-all"><span style="color:#5b6875">{{label}}</span><br>{{#if link.href}}<a href="{{link.href}}" style="color:#0b5fff">{{link.text}}</a>{{else}}{{link.text}}{{/if}}</p>
{{/each}}
{{#each sections}}
<h2 style="margin:16px 0 8px;font-size:16px">{{title}}</h2>
<ul style="margin:0 0 16px;padding-left:20px">
{{#each items}}
<li style="margin:0 0 8px;word-break:break-word">{{#if title}}<span style="color:#5b6875">{{title}}</span><br>{{/if}}{{#each lines}}{{#unless @first}}<br>{{/unless}}{{this}}{{/each}}</li>
{{/each}}
</ul>
{{/each}}
{{#each paragraphs}}
<p style="margin:0 0 16px">{{this}}</p>
{{/each}}
{{#if action}}
<p style="margin:0 0 16px"><a href="{{action.href}}" style="color:#0b5fff">{{action.label}}</a></p>
{{/if}}
<p style="margin:0">{{regards}}<br>{{sender}}</p>
</td></tr></table>
<p style="max-width:600px;margin:16px 0 0;font-size:12px;color:#5b6875">{{why}}</p>
</td></tr></table>
</body>
</html>
`;
