import { html, render } from 'lit';

render(html`<main><h1>Tidemark</h1></main>`, document.body);
