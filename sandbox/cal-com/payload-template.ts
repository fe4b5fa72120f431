import Handlebars from 'handlebars';

/**
 * A body made by the subscriber's template (contract 8.4). A template that is JSON is sent as JSON, read once more after
 * it was filled: a name with a quote in it makes that fail, and `false` is sent. Any other template goes out as a form.
 */
export function fillTemplate(template: string, values: object): { contentType: string; body: string } {
  const filled = Handlebars.compile(template)(values).replaceAll('&quot;', '"');
  if (parseJson(template) === false) return { contentType: 'application/x-www-form-urlencoded', body: filled };
  return { contentType: 'application/json', body: JSON.stringify(parseJson(filled)) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return false;
  }
}
