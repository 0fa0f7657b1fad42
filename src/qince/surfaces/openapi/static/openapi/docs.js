/** Draws the API's description. Trying calls out is left to the reader's own client: no token is typed in here. */
const place = document.getElementById("docs");
SwaggerUIBundle({ url: place.dataset.url, domNode: place, deepLinking: true, supportedSubmitMethods: [], validatorUrl: null });
