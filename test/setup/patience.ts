/** Tests in a real n8n run beside each other, in one file and in several, and share the machine with all of it. */
jest.setTimeout(300_000);
