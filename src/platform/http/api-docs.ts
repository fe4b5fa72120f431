import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PRODUCT } from '../product.js';

const INTRODUCTION = `
Passerelle bridges Calendly, Cal.com, Google Calendar and Outlook to a CRM.

1. \`POST /api/auth/login\` (or \`/register\`) answers an \`access_token\`.
2. Press **Authorize** and paste it.
3. Try \`GET /api/calendly/status\`, then \`GET /api/calendly/auth-url\`.

Errors are \`application/problem+json\` with a stable \`code\`; texts follow \`Accept-Language\` (French by default).
Before it looks at anything else, any route refuses an address or a body it cannot read (400 \`request/unreadable\`,
\`request/address-invalid\`, \`request/body-malformed\`), too long a body (413), another type than JSON (415), too long
headers (431) and what takes too long to arrive (408); and a method that its path does not have (405, with \`Allow\`).
Lists answer a bare array and a \`Link: <…>; rel="next"\` header.
`;

export function describeApi(app: INestApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Passerelle')
    .setDescription(INTRODUCTION)
    .setVersion(PRODUCT.version)
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, description);
}

export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
