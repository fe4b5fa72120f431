/**
 * The same for whoever reads plain text. Lines that somebody else wrote are set in, so that an answer cannot pass for a
 * line of ours.
 */
export const TEXT_TEMPLATE = `{{hello}}

{{intro}}

{{#each rows}}
{{label}}{{../colon}} {{value}}
{{/each}}
{{#if rows.length}}

{{/if}}
{{#each links}}
{{label}}{{../colon}} {{link.text}}

{{/each}}
{{#each sections}}
{{title}}{{../colon}}
{{#each items}}
{{#if title}}
- {{title}}
{{#each lines}}
    {{this}}
{{/each}}
{{else}}
{{#each lines}}
- {{this}}
{{/each}}
{{/if}}
{{/each}}

{{/each}}
{{#each paragraphs}}
{{this}}

{{/each}}
{{#if action}}
{{action.label}}{{colon}} {{action.href}}

{{/if}}
{{regards}}
{{sender}}

-- 
{{why}}
`;
