document.querySelectorAll('form[data-sku]').forEach((form) => {
  form.addEventListener('submit', () => form.querySelector('button').setAttribute('disabled', ''));
});
